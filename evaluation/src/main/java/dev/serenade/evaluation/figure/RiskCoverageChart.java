package dev.serenade.evaluation.figure;

import dev.serenade.evaluation.calibration.RiskCoverage;
import java.util.List;
import java.util.Locale;

/** The error that is left against the share of clips that are answered. */
public final class RiskCoverageChart {

  private static final double WIDTH = 440;
  private static final double HEIGHT = 316;
  private static final double TOP = 34;

  private RiskCoverageChart() {}

  /** Draws the curve; the dashed line is the error when every clip is answered. */
  public static Figure of(String name, String title, RiskCoverage curve) {
    Svg svg = new Svg(WIDTH, TOP + HEIGHT + 42);
    List<Double> risks = curve.risks();
    double greatest = risks.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    Scale x = Plot.across(svg, 0, 100);
    Scale y = Scale.around(0, 100 * Math.max(greatest, 0.05), TOP + HEIGHT, TOP);
    Plot.of(svg, x, y, "errors, % of answers").numbersBelow("answered, surest first, % of clips");
    double overall = y.at(100 * risks.get(risks.size() - 1));
    svg.line("axis dash", x.from(), overall, x.to(), overall);
    StringBuilder path = new StringBuilder();
    for (int k = 0; k < risks.size(); k++) {
      double coverage = 100.0 * (k + 1) / risks.size();
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.2f,%.2f",
              k == 0 ? "M" : "L",
              x.at(coverage),
              y.at(100 * risks.get(k))));
    }
    svg.element("path", Plot.line(0), "d", path);
    return Figure.of(name, title, svg);
  }
}
