package dev.serenade.evaluation.figure;

import java.util.List;
import java.util.Locale;

/**
 * Positive values over positive sizes, both on logarithmic axes, with a dot for each: what grows in
 * proportion to the size rises by one decade a decade, whatever the unit. The first series is the
 * one that matters, so its values are written beside its dots.
 */
public final class LogLogChart {

  private static final double WIDTH = 520;
  private static final double HEIGHT = 280;
  private static final double TOP = 34;

  /** Room before the first size and after the last, as a factor. */
  private static final double MARGIN = 1.25;

  private LogLogChart() {}

  /**
   * Draws the series.
   *
   * @param xName what the sizes are
   * @param yName what the values are
   * @param sizes above 0, ascending; each gets a tick
   * @param series values above 0, or NaN where there is none; at least one somewhere
   */
  public static Figure of(
      String name,
      String title,
      String xName,
      String yName,
      List<Double> sizes,
      List<Series> series) {
    Series.check(series, sizes.size(), "sizes");
    double[] values =
        series.stream()
            .flatMap(one -> one.values().stream())
            .mapToDouble(Double::doubleValue)
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    if (values.length == 0 || !(values[0] > 0) || !(sizes.get(0) > 0)) {
      throw new IllegalArgumentException(
          title + ": expected sizes and values above 0, found %s and %s".formatted(sizes, series));
    }
    List<String> names = series.stream().map(Series::name).toList();
    double legend = Plot.legendHeight(WIDTH, names);
    Svg svg = new Svg(WIDTH, TOP + HEIGHT + 44 + legend);
    Scale x =
        Plot.across(
            svg,
            Math.log10(sizes.get(0) / MARGIN),
            Math.log10(sizes.get(sizes.size() - 1) * MARGIN));
    double lowest = Math.floor(Math.log10(values[0]));
    // Where the greatest is a power of ten, its label needs room above it.
    double highest = Math.floor(Math.log10(values[values.length - 1])) + 1;
    Scale y = new Scale(lowest, highest, TOP + HEIGHT, TOP);
    axes(svg, x, y, xName, yName, sizes);
    // The first lies below, with larger dots, so that one that nearly equals it can be told apart.
    for (int s = 0; s < series.size(); s++) {
      draw(svg, x, y, s, sizes, series.get(s));
    }
    Plot.legend(svg, svg.height() - legend + 10, names);
    return Figure.of(name, title, svg);
  }

  private static void axes(
      Svg svg, Scale x, Scale y, String xName, String yName, List<Double> sizes) {
    for (double power = y.least(); power <= y.greatest(); power++) {
      double at = y.at(power);
      svg.line("grid", x.from(), at, x.to(), at);
      svg.text("soft small", "end", x.from() - 6, at + 3.5, number(Math.pow(10, power)));
    }
    svg.text("soft small", "start", 4, y.to() - 10, yName);
    svg.line("axis", x.from(), y.from(), x.to(), y.from());
    for (double size : sizes) {
      double at = x.at(Math.log10(size));
      svg.line("grid", at, y.from(), at, y.to());
      svg.line("axis", at, y.from(), at, y.from() + 4);
      svg.text("soft small", "middle", at, y.from() + 16, number(size));
    }
    svg.text("soft small", "middle", (x.from() + x.to()) / 2, y.from() + 32, xName);
  }

  private static void draw(Svg svg, Scale x, Scale y, int s, List<Double> sizes, Series series) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < sizes.size(); i++) {
      double value = series.values().get(i);
      if (!Double.isNaN(value)) {
        path.append(
            String.format(
                Locale.ROOT,
                "%s%.2f,%.2f",
                pen ? "L" : "M",
                x.at(Math.log10(sizes.get(i))),
                y.at(Math.log10(value))));
      }
      pen = !Double.isNaN(value);
    }
    svg.element("path", Plot.line(s), "d", path);
    for (int i = 0; i < sizes.size(); i++) {
      double value = series.values().get(i);
      if (Double.isNaN(value)) {
        continue;
      }
      double across = x.at(Math.log10(sizes.get(i)));
      double up = y.at(Math.log10(value));
      svg.elementWithTip(
          "%s, %s: %s".formatted(series.name(), number(sizes.get(i)), number(value)),
          "circle",
          "dot s" + s % FigureStyle.COLOURS,
          "cx",
          across,
          "cy",
          up,
          "r",
          s == 0 ? 6 : 3.5);
      if (s == 0) {
        svg.text("ink strong", "middle", across, up - 12, number(value));
      }
    }
  }

  /** Returns a number in three digits, without trailing zeros after the point. */
  private static String number(double value) {
    int digits = Math.max(0, 2 - (int) Math.floor(Math.log10(value)));
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
