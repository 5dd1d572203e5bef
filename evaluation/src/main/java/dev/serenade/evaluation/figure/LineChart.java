package dev.serenade.evaluation.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values over steps, such as the loss over epochs for each layer: the paper's figure 4. */
public final class LineChart {

  private static final double WIDTH = 440;
  private static final double HEIGHT = 230;
  private static final double TOP = 34;

  private LineChart() {}

  /**
   * A bold line, and thin ones around it of the same colour: say, the mean of the folds, and each.
   *
   * @param main one value for each step
   * @param around thin lines, not in the legend
   */
  public record Bundle(Series main, List<Series> around) {
    public Bundle {
      around = List.copyOf(around);
    }

    /** A line alone. */
    public Bundle(Series main) {
      this(main, List.of());
    }

    private List<Series> all() {
      List<Series> all = new ArrayList<>(around);
      all.add(main);
      return all;
    }
  }

  /**
   * Draws the lines.
   *
   * @param xName the name of the steps, which count from 1
   * @param yName what the values are
   * @param bundles at least one, with a finite value somewhere
   */
  public static Figure of(
      String name, String title, String xName, String yName, List<Bundle> bundles) {
    return of(name, title, xName, yName, bundles, 1, 1);
  }

  /**
   * Draws the lines over steps that need not count.
   *
   * @param xName what the steps are
   * @param yName what the values are
   * @param bundles at least one, with a finite value somewhere
   * @param first where the first step lies
   * @param step from one step to the next, above 0
   */
  public static Figure of(
      String name,
      String title,
      String xName,
      String yName,
      List<Bundle> bundles,
      double first,
      double step) {
    List<Series> all = bundles.stream().flatMap(bundle -> bundle.all().stream()).toList();
    double[] finite =
        all.stream()
            .flatMap(series -> series.values().stream())
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (finite.length == 0) {
      throw new IllegalArgumentException(title + ": expected a finite value, found none");
    }
    List<String> names = bundles.stream().map(bundle -> bundle.main().name()).toList();
    double legend = Plot.legendHeight(WIDTH, names);
    Svg svg = new Svg(WIDTH, TOP + HEIGHT + 44 + legend);
    int steps = all.stream().mapToInt(series -> series.values().size()).max().orElseThrow();
    Scale x = Plot.across(svg, first, first + step * Math.max(1, steps - 1));
    Scale y = Scale.around(finite[0], finite[finite.length - 1], TOP + HEIGHT, TOP);
    Plot.of(svg, x, y, yName).numbersBelow(xName);
    for (int i = 0; i < bundles.size(); i++) {
      for (Series thin : bundles.get(i).around()) {
        draw(svg, x, y, Plot.line(i) + " faint", thin, first, step);
      }
    }
    for (int i = 0; i < bundles.size(); i++) {
      draw(svg, x, y, Plot.line(i), bundles.get(i).main(), first, step);
    }
    Plot.legend(svg, svg.height() - legend + 10, names);
    return Figure.of(name, title, svg);
  }

  private static void draw(
      Svg svg, Scale x, Scale y, String classes, Series series, double first, double step) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < series.values().size(); i++) {
      double value = series.values().get(i);
      if (Double.isFinite(value)) {
        path.append(
            String.format(
                Locale.ROOT, "%s%.2f,%.2f", pen ? "L" : "M", x.at(first + i * step), y.at(value)));
      }
      pen = Double.isFinite(value);
    }
    svg.element("path", classes, "d", path);
  }
}
