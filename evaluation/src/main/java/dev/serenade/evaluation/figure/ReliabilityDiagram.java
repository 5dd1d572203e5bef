package dev.serenade.evaluation.figure;

import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.ReliabilityBin;
import java.util.Locale;

/**
 * Accuracy against confidence, in bins: a dot for each, and a line from it to the diagonal, where a
 * true confidence lies. Below, how many predictions each bin holds.
 */
public final class ReliabilityDiagram {

  private static final double WIDTH = 440;
  private static final double HEIGHT = 230;
  private static final double TOP = 34;
  private static final double COUNTS = 60;

  private ReliabilityDiagram() {}

  /** Draws the bins of a calibration. */
  public static Figure of(String name, String title, Calibration calibration) {
    double countsTop = TOP + HEIGHT + 26;
    Svg svg = new Svg(WIDTH, countsTop + COUNTS + 42);
    Scale x = Plot.across(svg, 0, 100);
    Scale y = new Scale(0, 100, TOP + HEIGHT, TOP);
    Plot.of(svg, x, y, "accuracy, %");
    int most = calibration.bins().stream().mapToInt(ReliabilityBin::count).max().orElseThrow();
    Scale count = new Scale(0, most, countsTop + COUNTS, countsTop);
    for (ReliabilityBin bin : calibration.bins()) {
      if (bin.count() > 0) {
        double confidence = 100 * bin.meanConfidence().orElseThrow();
        double accuracy = 100 * bin.accuracy().orElseThrow();
        String tip =
            String.format(
                Locale.ROOT,
                "confidence %.1f %%, accuracy %.1f %%, %d predictions",
                confidence,
                accuracy,
                bin.count());
        bar(svg, x, y, bin, accuracy, "area s0", tip);
        bar(svg, x, count, bin, bin.count(), "shadow", tip);
        svg.line("line s1", x.at(confidence), y.at(accuracy), x.at(confidence), y.at(confidence));
        svg.element("circle", "dot s0", "cx", x.at(confidence), "cy", y.at(accuracy), "r", 4);
      }
    }
    svg.line("axis dash", x.at(0), y.at(0), x.at(100), y.at(100));
    svg.text("soft small", "start", 4, countsTop - 8, "predictions");
    svg.text("soft small", "end", x.from() - 6, countsTop + 8, Integer.toString(most));
    svg.line("axis", x.from(), count.from(), x.to(), count.from());
    for (double tick : x.ticks()) {
      svg.text("soft small", "middle", x.at(tick), count.from() + 16, x.label(tick));
    }
    svg.text("soft small", "middle", (x.from() + x.to()) / 2, count.from() + 34, "confidence, %");
    return Figure.of(name, title, svg);
  }

  private static void bar(
      Svg svg, Scale x, Scale y, ReliabilityBin bin, double value, String classes, String tip) {
    svg.elementWithTip(
        tip,
        "rect",
        classes,
        "x",
        x.at(100 * bin.from()) + 1,
        "y",
        y.at(value),
        "width",
        x.at(100 * bin.to()) - x.at(100 * bin.from()) - 2,
        "height",
        y.from() - y.at(value));
  }
}
