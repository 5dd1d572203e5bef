package dev.serenade.evaluation.figure;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Differences to the left and right of zero, a row each: a dot, its interval as a line, and, where
 * it is known, grey behind it the differences that cannot be told from chance.
 */
public final class DifferenceChart {

  private static final double WIDTH = 440;
  private static final double TOP = 26;
  private static final double ROW = 24;
  private static final double MOST_OF_LABEL = 170;

  private DifferenceChart() {}

  /**
   * One difference.
   *
   * @param label of the row
   * @param difference in the unit of the axis
   * @param low the lower end of its interval, if it has one
   * @param high the upper end, if it has one
   * @param noiseFloor the least size that could be told from chance, if it is known
   */
  public record Row(
      String label,
      double difference,
      OptionalDouble low,
      OptionalDouble high,
      OptionalDouble noiseFloor) {

    /** A difference of which only its size is known. */
    public Row(String label, double difference) {
      this(
          label,
          difference,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());
    }

    private DoubleStream reach() {
      return DoubleStream.of(
          difference,
          low.orElse(difference),
          high.orElse(difference),
          noiseFloor.orElse(0),
          -noiseFloor.orElse(0));
    }
  }

  /**
   * Draws the rows.
   *
   * @param xName what the axis shows, with its unit
   * @param rows at least one, from the top
   */
  public static Figure of(String name, String title, String xName, List<Row> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(title + ": expected a row, found none");
    }
    double longest = rows.stream().mapToDouble(row -> Svg.textWidth(row.label())).max().orElse(0);
    double left = Math.min(MOST_OF_LABEL, longest) + 14;
    double bottom = TOP + ROW * rows.size();
    Svg svg = new Svg(WIDTH, bottom + 44);
    double reach = rows.stream().flatMapToDouble(Row::reach).map(Math::abs).max().orElse(0);
    Scale x = Scale.around(-reach, reach, left, WIDTH - 16);
    for (int i = 0; i < rows.size(); i++) {
      floor(svg, x, rows.get(i), TOP + ROW * i);
    }
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), TOP, x.at(tick), bottom);
      svg.text("soft small", "middle", x.at(tick), bottom + 16, x.label(tick));
    }
    svg.line("axis", x.at(0), TOP - 6, x.at(0), bottom);
    svg.text("soft small", "middle", (x.from() + x.to()) / 2, bottom + 34, xName);
    for (int i = 0; i < rows.size(); i++) {
      row(svg, x, rows.get(i), TOP + ROW * (i + 0.5));
    }
    return Figure.of(name, title, svg);
  }

  private static void floor(Svg svg, Scale x, Row row, double top) {
    if (row.noiseFloor().isPresent()) {
      double floor = row.noiseFloor().getAsDouble();
      svg.element(
          "rect",
          "shadow",
          "x",
          x.at(-floor),
          "y",
          top + 3,
          "width",
          x.at(floor) - x.at(-floor),
          "height",
          ROW - 6);
    }
  }

  private static void row(Svg svg, Scale x, Row row, double middle) {
    svg.text("ink", "end", x.from() - 10, middle + 4, cut(row.label()));
    String tip = String.format(Locale.ROOT, "%s: %+.1f", row.label(), row.difference());
    if (row.low().isPresent() && row.high().isPresent()) {
      svg.line(
          Plot.line(0),
          x.at(row.low().getAsDouble()),
          middle,
          x.at(row.high().getAsDouble()),
          middle);
      tip +=
          String.format(
              Locale.ROOT, " (%+.1f to %+.1f)", row.low().getAsDouble(), row.high().getAsDouble());
    }
    svg.elementWithTip(
        tip, "circle", "dot s0", "cx", x.at(row.difference()), "cy", middle, "r", 4.5);
  }

  /** Returns the end of a label, where names differ, if all of it is too long. */
  private static String cut(String label) {
    int most = (int) (MOST_OF_LABEL / Svg.textWidth("x"));
    return label.length() <= most ? label : "…" + label.substring(label.length() - most + 1);
  }
}
