package dev.serenade.evaluation.figure;

import java.util.List;

/** The rectangle with axes, grid and legend that most charts draw in. */
final class Plot {

  private static final double LEFT = 46;
  private static final double RIGHT = 12;
  private static final double LEGEND_ROW = 18;
  private static final double LEGEND_GAP = 14;

  private final Svg svg;
  private final Scale x;
  private final Scale y;

  private Plot(Svg svg, Scale x, Scale y) {
    this.svg = svg;
    this.x = x;
    this.y = y;
  }

  /** Returns the horizontal scale of a plot in this drawing. */
  static Scale across(Svg svg, double least, double greatest) {
    return new Scale(least, greatest, LEFT, svg.width() - RIGHT);
  }

  /** Draws the grid, the y axis with its name above it, and nothing else yet. */
  static Plot of(Svg svg, Scale x, Scale y, String yName) {
    for (double tick : y.ticks()) {
      svg.line("grid", x.from(), y.at(tick), x.to(), y.at(tick));
      svg.text("soft small", "end", x.from() - 6, y.at(tick) + 3.5, y.label(tick));
    }
    svg.text("soft small", "start", 4, y.to() - 10, yName);
    svg.line("axis", x.from(), y.from(), x.to(), y.from());
    return new Plot(svg, x, y);
  }

  /** Draws the ticks of a numeric x axis and its name below. */
  void numbersBelow(String xName) {
    for (double tick : x.ticks()) {
      svg.line("axis", x.at(tick), y.from(), x.at(tick), y.from() + 4);
      svg.text("soft small", "middle", x.at(tick), y.from() + 16, x.label(tick));
    }
    svg.text("soft small", "middle", (x.from() + x.to()) / 2, y.from() + 32, xName);
  }

  /** Draws names of series in a row, with their colours, at this height. */
  static void legend(Svg svg, double top, List<String> names) {
    double left = LEFT;
    double baseline = top;
    for (int i = 0; i < names.size(); i++) {
      double needed = 26 + Svg.textWidth(names.get(i));
      if (left + needed > svg.width() && left > LEFT) {
        left = LEFT;
        baseline += LEGEND_ROW;
      }
      svg.line(line(i), left, baseline - 4, left + 14, baseline - 4);
      svg.text("ink", "start", left + 19, baseline, names.get(i));
      left += needed + LEGEND_GAP;
    }
  }

  /** Returns how high the legend of these names will be in a drawing of this width. */
  static double legendHeight(double width, List<String> names) {
    double left = LEFT;
    double rows = names.isEmpty() ? 0 : 1;
    for (String name : names) {
      double needed = 26 + Svg.textWidth(name);
      if (left + needed > width && left > LEFT) {
        left = LEFT;
        rows++;
      }
      left += needed + LEGEND_GAP;
    }
    return rows * LEGEND_ROW;
  }

  /** Returns the classes of the line of a series: colours, then the same dashed. */
  static String line(int series) {
    String dash = series / FigureStyle.COLOURS % 2 == 1 ? " dash" : "";
    return "line s" + series % FigureStyle.COLOURS + dash;
  }
}
