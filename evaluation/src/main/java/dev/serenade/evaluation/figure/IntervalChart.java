package dev.serenade.evaluation.figure;

import dev.serenade.evaluation.significance.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shares from 0 to 100 % as dots with their intervals, one row each, beside a line that they are to
 * be compared with, such as chance.
 */
public final class IntervalChart {

  private static final double WIDTH = 440;
  private static final double ROW = 34;
  private static final double TOP = 34;
  private static final double RIGHT = 16;
  private static final double CAP = 4;

  private IntervalChart() {}

  /**
   * A dot.
   *
   * @param name beside it
   * @param value in [0, 1]
   * @param interval around it; empty if there is none
   */
  public record Row(String name, double value, Optional<Interval> interval) {}

  /**
   * Draws the rows, from the top.
   *
   * @param xName what the values are
   * @param lineName what the line is
   * @param line where it is, in [0, 1]
   * @param rows at least one
   */
  public static Figure of(
      String name, String title, String xName, String lineName, double line, List<Row> rows) {
    double names = rows.stream().mapToDouble(row -> Svg.textWidth(row.name())).max().orElseThrow();
    double bottom = TOP + ROW * rows.size();
    Svg svg = new Svg(WIDTH, bottom + 40);
    double greatest =
        rows.stream()
            .mapToDouble(row -> row.interval().map(Interval::high).orElse(row.value()))
            .reduce(line, Math::max);
    Scale round = Scale.around(0, 100 * greatest, 0, 1);
    Scale x = new Scale(0, Math.min(100, round.greatest()), names + 16, WIDTH - RIGHT);
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), TOP, x.at(tick), bottom);
      svg.text("soft small", "middle", x.at(tick), bottom + 16, x.label(tick));
    }
    svg.text("soft small", "middle", (x.from() + x.to()) / 2, bottom + 32, xName);
    svg.line("axis dash", x.at(100 * line), TOP - 6, x.at(100 * line), bottom);
    svg.text("soft small", "middle", x.at(100 * line), TOP - 12, lineName);
    for (int i = 0; i < rows.size(); i++) {
      draw(svg, x, TOP + (i + 0.5) * ROW, rows.get(i));
    }
    return Figure.of(name, title, svg);
  }

  private static void draw(Svg svg, Scale x, double y, Row row) {
    svg.text("ink", "end", x.from() - 10, y + 4, row.name());
    row.interval()
        .ifPresent(
            interval -> {
              double low = x.at(100 * interval.low());
              double high = x.at(100 * interval.high());
              svg.line("line s0", low, y, high, y);
              svg.line("line s0", low, y - CAP, low, y + CAP);
              svg.line("line s0", high, y - CAP, high, y + CAP);
            });
    svg.elementWithTip(
        String.format(Locale.ROOT, "%s: %.1f %%", row.name(), 100 * row.value()),
        "circle",
        "dot s0",
        "cx",
        x.at(100 * row.value()),
        "cy",
        y,
        "r",
        5);
  }
}
