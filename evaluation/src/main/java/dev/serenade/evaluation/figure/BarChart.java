package dev.serenade.evaluation.figure;

import java.util.List;
import java.util.Locale;

/**
 * Shares from 0 to 100 % as bars in groups, with error bars: accuracy by layer and pooling, the
 * paper's figure 5, or by fold. Bars begin at 0, so that their lengths can be compared.
 */
public final class BarChart {

  private static final double WIDTH = 440;
  private static final double HEIGHT = 220;
  private static final double TOP = 34;

  /** A bar as wide as its value. */
  private static final double WIDE = 32;

  /** A bar as wide as a line of text is high. */
  private static final double NARROW = 12;

  /** A bar as high as its value is long, written upwards. */
  private static final double HIGH = 40;

  private BarChart() {}

  /**
   * Draws one group of bars for each category, with a bar for each series.
   *
   * @param categories under the groups, from the left
   * @param yName what the values are
   * @param series values in [0, 1]
   */
  public static Figure of(
      String name, String title, String yName, List<String> categories, List<Series> series) {
    Series.check(series, categories.size(), "categories");
    double group = (WIDTH - 58) / categories.size();
    boolean turned = categories.stream().anyMatch(c -> Svg.textWidth(c) > group);
    double longest = categories.stream().mapToDouble(Svg::textWidth).max().orElseThrow();
    double below = turned ? 0.7 * longest + 18 : 24;
    List<String> names = series.stream().map(Series::name).toList();
    double legend = series.size() > 1 ? Plot.legendHeight(WIDTH, names) : 0;
    Svg svg = new Svg(WIDTH, TOP + HEIGHT + below + legend + 6);
    Scale x = Plot.across(svg, 0, categories.size());
    Scale y = new Scale(0, 100, TOP + HEIGHT, TOP);
    Plot.of(svg, x, y, yName);
    double bar = Math.min(34, 0.78 * group / series.size());
    for (int c = 0; c < categories.size(); c++) {
      for (int s = 0; s < series.size(); s++) {
        double left = x.at(c + 0.5) + (s - series.size() / 2.0) * bar;
        bar(svg, y, left, bar, s, series.get(s), c, categories.get(c));
      }
      if (turned) {
        svg.turnedText(
            "ink small", "end", -45, x.at(c + 0.5) + 4, y.from() + 14, categories.get(c));
      } else {
        svg.text("ink", "middle", x.at(c + 0.5), y.from() + 17, categories.get(c));
      }
    }
    if (series.size() > 1) {
      Plot.legend(svg, svg.height() - legend + 10, names);
    }
    return Figure.of(name, title, svg);
  }

  private static void bar(
      Svg svg, Scale y, double left, double width, int s, Series series, int c, String category) {
    double value = 100 * series.values().get(c);
    if (Double.isNaN(value)) {
      return;
    }
    svg.elementWithTip(
        String.format(Locale.ROOT, "%s, %s: %.1f %%", series.name(), category, value),
        "rect",
        "bar s" + s % FigureStyle.COLOURS,
        "x",
        left + 0.5,
        "y",
        y.at(value),
        "width",
        width - 1,
        "height",
        y.from() - y.at(value));
    if (y.from() - y.at(value) >= HIGH) {
      label(svg, left, width, y.from(), String.format(Locale.ROOT, "%.1f", value));
    }
    if (!series.deviations().isEmpty() && Double.isFinite(series.deviations().get(c))) {
      double deviation = 100 * series.deviations().get(c);
      double high = y.at(Math.min(100, value + deviation));
      double low = y.at(Math.max(0, value - deviation));
      double middle = left + width / 2;
      svg.element(
          "path",
          "whisker",
          "d",
          String.format(
              Locale.ROOT,
              "M%.2f,%.2fV%.2fM%.2f,%.2fh6M%.2f,%.2fh6",
              middle,
              high,
              low,
              middle - 3,
              high,
              middle - 3,
              low));
    }
  }

  /** Writes a value at the foot of its bar, away from the whiskers, upwards where it is narrow. */
  private static void label(Svg svg, double left, double width, double foot, String text) {
    double middle = left + width / 2;
    if (width >= WIDE) {
      svg.text("on-heat small strong", "middle", middle, foot - 6, text);
    } else if (width >= NARROW) {
      svg.turnedText("on-heat small strong", "start", -90, middle + 4, foot - 6, text);
    }
  }
}
