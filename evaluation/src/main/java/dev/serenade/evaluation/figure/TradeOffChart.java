package dev.serenade.evaluation.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What something costs against what it is worth, a dot with a name for each way of doing it: the
 * further up and to the left, the better.
 */
public final class TradeOffChart {

  private static final double WIDTH = 620;
  private static final double HEIGHT = 320;
  private static final double TOP = 34;

  /** Room around the dots, as a share of their range. */
  private static final double MARGIN = 0.12;

  private TradeOffChart() {}

  /**
   * One way of doing it.
   *
   * @param series which it belongs to, by its place among the names
   * @param name written beside the dot
   * @param cost across
   * @param worth up
   */
  public record Point(int series, String name, double cost, double worth) {}

  /**
   * Draws the points.
   *
   * @param xName what the cost is
   * @param yName what the worth is
   * @param series names, each with a colour
   * @param points at least one, all finite; those of a series are joined in their order
   */
  public static Figure of(
      String name,
      String title,
      String xName,
      String yName,
      List<String> series,
      List<Point> points) {
    if (points.isEmpty()
        || !points.stream()
            .allMatch(p -> Double.isFinite(p.cost()) && Double.isFinite(p.worth()))) {
      throw new IllegalArgumentException(title + ": expected finite points, found " + points);
    }
    double legend = Plot.legendHeight(WIDTH, series);
    Svg svg = new Svg(WIDTH, TOP + HEIGHT + 44 + legend);
    double[] costs = range(points.stream().mapToDouble(Point::cost));
    double[] worths = range(points.stream().mapToDouble(Point::worth));
    Scale x = Plot.across(svg, Math.max(0, costs[0]), costs[1]);
    Scale y = new Scale(worths[0], worths[1], TOP + HEIGHT, TOP);
    Plot.of(svg, x, y, yName).numbersBelow(xName);
    for (int s = 0; s < series.size(); s++) {
      int number = s;
      List<Point> own = points.stream().filter(point -> point.series() == number).toList();
      for (int i = 1; i < own.size(); i++) {
        svg.line(
            Plot.line(s),
            x.at(own.get(i - 1).cost()),
            y.at(own.get(i - 1).worth()),
            x.at(own.get(i).cost()),
            y.at(own.get(i).worth()));
      }
    }
    List<double[]> taken = new ArrayList<>();
    for (Point point : points) {
      double across = x.at(point.cost());
      double up = y.at(point.worth());
      svg.elementWithTip(
          "%s: %.1f, %.1f".formatted(point.name(), point.cost(), point.worth()),
          "circle",
          "dot s" + point.series() % FigureStyle.COLOURS,
          "cx",
          across,
          "cy",
          up,
          "r",
          4.5);
      label(svg, x, point.name(), across, up, taken);
    }
    Plot.legend(svg, svg.height() - legend + 10, series);
    return Figure.of(name, title, svg);
  }

  /** Beside the dot, above or below it, wherever no other label is. */
  private static void label(
      Svg svg, Scale x, String text, double across, double up, List<double[]> taken) {
    double width = Svg.textWidth(text);
    boolean left = across + 9 + width > x.to();
    double start = left ? across - 9 - width : across + 9;
    double baseline = up + 4;
    for (double shift : new double[] {0, -13, 13, -26, 26, -39, 39}) {
      double at = up + 4 + shift;
      boolean free =
          taken.stream()
              .allMatch(
                  box -> Math.abs(box[2] - at) >= 12 || box[0] >= start + width || box[1] <= start);
      if (free) {
        baseline = at;
        break;
      }
    }
    taken.add(new double[] {start, start + width, baseline});
    svg.text("ink", "start", start, baseline, text);
  }

  private static double[] range(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    double least = sorted[0];
    double greatest = sorted[sorted.length - 1];
    double margin = Math.max(0.5, MARGIN * (greatest - least));
    return new double[] {least - margin, greatest + margin};
  }
}
