package dev.serenade.evaluation.figure;

import dev.serenade.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix as the paper's figure 3: rows are the actual classes, and each cell's colour
 * and number are its share of the row in percent. The count is shown below it.
 */
public final class ConfusionMatrixChart {

  private static final double CELL = 46;
  private static final double TOP = 26;

  private ConfusionMatrixChart() {}

  /** Draws the matrix. */
  public static Figure of(String name, String title, ConfusionMatrix confusion) {
    List<String> classes = confusion.classes();
    int size = classes.size();
    double names = classes.stream().mapToDouble(Svg::textWidth).max().orElseThrow() + 30;
    boolean turned = classes.stream().anyMatch(c -> Svg.textWidth(c) > CELL);
    double below = turned ? 0.62 * names + 18 : 46;
    Svg svg = new Svg(names + size * CELL + 30, TOP + size * CELL + below);
    svg.text("soft small", "start", 4, TOP - 10, "actual, with utterances");
    for (int i = 0; i < size; i++) {
      double middle = TOP + (i + 0.5) * CELL;
      svg.text("ink", "end", names - 8, middle, classes.get(i));
      svg.text("soft small", "end", names - 8, middle + 13, Long.toString(confusion.support(i)));
      for (int j = 0; j < size; j++) {
        cell(svg, names + j * CELL, TOP + i * CELL, confusion, i, j);
      }
    }
    double bottom = TOP + size * CELL;
    for (int j = 0; j < size; j++) {
      double middle = names + (j + 0.5) * CELL;
      if (turned) {
        svg.turnedText("ink", "end", -40, middle + 6, bottom + 14, classes.get(j));
      } else {
        svg.text("ink", "middle", middle, bottom + 16, classes.get(j));
      }
    }
    svg.text(
        "soft small", "middle", names + size * CELL / 2, svg.height() - 6, "predicted, % of row");
    return Figure.of(name, title, svg);
  }

  private static void cell(Svg svg, double x, double y, ConfusionMatrix confusion, int i, int j) {
    long count = confusion.count(i, j);
    long support = confusion.support(i);
    double share = support == 0 ? 0 : (double) count / support;
    String tip =
        String.format(
            Locale.ROOT,
            "%d of %d %s utterances predicted as %s",
            count,
            support,
            confusion.classes().get(i),
            confusion.classes().get(j));
    svg.element(
        "rect", "grid", "x", x + 1, "y", y + 1, "width", CELL - 2, "height", CELL - 2, "rx", 4);
    svg.elementWithTip(
        tip,
        "rect",
        "heat",
        "x",
        x + 1,
        "y",
        y + 1,
        "width",
        CELL - 2,
        "height",
        CELL - 2,
        "rx",
        4,
        "fill-opacity",
        share);
    if (count > 0) {
      String colour = share > 0.85 ? "on-heat" : share > 0.6 ? "on-warm" : "ink";
      String percent = String.format(Locale.ROOT, share < 0.0995 ? "%.1f" : "%.0f", 100 * share);
      svg.text(colour + " strong", "middle", x + CELL / 2, y + CELL / 2 + 1, percent);
      svg.text(colour + " small", "middle", x + CELL / 2, y + CELL / 2 + 15, Long.toString(count));
    }
  }
}
