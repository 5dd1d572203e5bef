package dev.serenade.evaluation.figure;

import java.util.List;
import java.util.Locale;

/**
 * A search over time: a dot for each trial, hollow where it was given up before its end, and a line
 * for the best so far. The dashed line is the first trial.
 */
public final class SearchChart {

  private static final double WIDTH = 560;
  private static final double HEIGHT = 230;
  private static final double TOP = 34;

  private SearchChart() {}

  /**
   * One trial.
   *
   * @param value in [0, 1]
   * @param complete whether it counts for the best
   * @param tip what it was, shown when pointed at
   */
  public record Point(double value, boolean complete, String tip) {}

  /**
   * Draws a search.
   *
   * @param yName what the values are
   * @param points in the order of the trials, the first complete
   */
  public static Figure of(String name, String title, String yName, List<Point> points) {
    if (points.isEmpty() || !points.get(0).complete()) {
      throw new IllegalArgumentException(
          title + ": expected trials of which the first is complete");
    }
    double least = points.stream().mapToDouble(Point::value).min().orElseThrow();
    double greatest = points.stream().mapToDouble(Point::value).max().orElseThrow();
    List<String> names = List.of("best so far", "trial (hollow: given up)");
    double legend = Plot.legendHeight(WIDTH, names);
    Svg svg = new Svg(WIDTH, TOP + HEIGHT + 44 + legend);
    Scale x = Plot.across(svg, 0.5, points.size() + 0.5);
    Scale y = Scale.around(100 * least, 100 * greatest, TOP + HEIGHT, TOP);
    Plot.of(svg, x, y, yName);
    numbersBelow(svg, x, y, points.size());
    double first = y.at(100 * points.get(0).value());
    svg.line("axis dash", x.from(), first, x.to(), first);
    svg.element("path", Plot.line(0), "d", bestSoFar(x, y, points));
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      svg.elementWithTip(
          String.format(Locale.ROOT, "%d: %.1f %%, %s", i + 1, 100 * point.value(), point.tip()),
          "circle",
          point.complete() ? "dot s1" : "line s1",
          "cx",
          x.at(i + 1),
          "cy",
          y.at(100 * point.value()),
          "r",
          point.complete() ? 4 : 3.2);
    }
    Plot.legend(svg, svg.height() - legend + 10, names);
    return Figure.of(name, title, svg);
  }

  /** Trials are counted in whole numbers, however few there are. */
  private static void numbersBelow(Svg svg, Scale x, Scale y, int count) {
    for (double tick : x.ticks()) {
      if (tick == Math.rint(tick) && tick >= 1 && tick <= count) {
        svg.line("axis", x.at(tick), y.from(), x.at(tick), y.from() + 4);
        svg.text("soft small", "middle", x.at(tick), y.from() + 16, Integer.toString((int) tick));
      }
    }
    svg.text("soft small", "middle", (x.from() + x.to()) / 2, y.from() + 32, "trial");
  }

  private static String bestSoFar(Scale x, Scale y, List<Point> points) {
    double best = points.get(0).value();
    StringBuilder path =
        new StringBuilder(String.format(Locale.ROOT, "M%.2f,%.2f", x.at(1), y.at(100 * best)));
    for (int i = 1; i < points.size(); i++) {
      path.append(String.format(Locale.ROOT, "H%.2f", x.at(i + 1)));
      if (points.get(i).complete() && points.get(i).value() > best) {
        best = points.get(i).value();
        path.append(String.format(Locale.ROOT, "V%.2f", y.at(100 * best)));
      }
    }
    return path.toString();
  }
}
