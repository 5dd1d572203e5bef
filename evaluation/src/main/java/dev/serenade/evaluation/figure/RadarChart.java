package dev.serenade.evaluation.figure;

import java.util.List;
import java.util.Locale;

/**
 * Per-class accuracy as a web, one spoke a class, from 0 in the middle to 100 % at the rim: the
 * paper's figure 2. Needs three classes or more; use {@link BarChart} for two.
 */
public final class RadarChart {

  private static final double SIZE = 440;
  private static final double RADIUS = 140;
  private static final double RINGS = 5;

  private RadarChart() {}

  /**
   * Draws one web for each series.
   *
   * @param classes the spokes, clockwise from the top
   * @param series values in [0, 1]; a value that is NaN is drawn in the middle, and its spoke says
   *     so
   */
  public static Figure of(String name, String title, List<String> classes, List<Series> series) {
    if (classes.size() < 3) {
      throw new IllegalArgumentException("expected three classes or more, found " + classes);
    }
    Series.check(series, classes.size(), "classes");
    List<String> names = series.stream().map(Series::name).toList();
    double legend = series.size() > 1 ? Plot.legendHeight(SIZE, names) : 0;
    Svg svg = new Svg(SIZE, 2 * RADIUS + 90 + legend);
    double middleX = SIZE / 2;
    double middleY = RADIUS + 45;
    int spokes = classes.size();
    for (int ring = 1; ring <= RINGS; ring++) {
      double share = ring / RINGS;
      svg.element("polygon", "grid", "points", web(middleX, middleY, spokes, i -> share));
      svg.text(
          "soft small",
          "start",
          middleX + 4,
          middleY - share * RADIUS + 11,
          Svg.number(100 * share));
    }
    for (int i = 0; i < spokes; i++) {
      svg.line("grid", middleX, middleY, x(middleX, 1, i, spokes), y(middleY, 1, i, spokes));
      label(svg, middleX, middleY, i, classes.get(i), series);
    }
    for (int s = 0; s < series.size(); s++) {
      List<Double> values = series.get(s).values();
      String points =
          web(middleX, middleY, spokes, i -> Double.isNaN(values.get(i)) ? 0 : values.get(i));
      if (series.size() == 1) {
        svg.element("polygon", "area s0", "points", points);
      }
      svg.element("polygon", Plot.line(s), "points", points);
    }
    if (series.size() > 1) {
      Plot.legend(svg, svg.height() - legend + 8, names);
    }
    return Figure.of(name, title, svg);
  }

  private static void label(
      Svg svg, double middleX, double middleY, int i, String name, List<Series> series) {
    int spokes = series.get(0).values().size();
    double across = x(0, 1, i, spokes) / RADIUS;
    String anchor = Math.abs(across) < 0.1 ? "middle" : across > 0 ? "start" : "end";
    double x = x(middleX, 1 + 12 / RADIUS, i, spokes);
    double y = y(middleY, 1 + 22 / RADIUS, i, spokes);
    svg.text("ink strong", anchor, x, y, name);
    if (series.size() == 1) {
      svg.text("soft small", anchor, x, y + 14, percent(series.get(0).values().get(i)));
    }
  }

  private static String percent(double value) {
    return Double.isNaN(value) ? "undefined" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  private interface Radius {
    double at(int spoke);
  }

  private static String web(double middleX, double middleY, int spokes, Radius radius) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < spokes; i++) {
      points
          .append(Svg.number(x(middleX, radius.at(i), i, spokes)))
          .append(',')
          .append(Svg.number(y(middleY, radius.at(i), i, spokes)))
          .append(' ');
    }
    return points.toString().strip();
  }

  private static double x(double middle, double share, int spoke, int spokes) {
    return middle + share * RADIUS * Math.sin(2 * Math.PI * spoke / spokes);
  }

  private static double y(double middle, double share, int spoke, int spokes) {
    return middle - share * RADIUS * Math.cos(2 * Math.PI * spoke / spokes);
  }
}
