package dev.serenade.evaluation.figure;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Attention over time, as multiples of even attention: each head thin, their mean bold, the clip's
 * loudness behind. At 1 a frame counts as it would in a plain mean.
 */
public final class AttentionChart {

  private static final double WIDTH = 440;
  private static final double HEIGHT = 130;
  private static final double TOP = 50;

  private AttentionChart() {}

  /** Draws one clip. */
  public static Figure of(String name, AttentionTrace trace) {
    Svg svg = new Svg(WIDTH, TOP + HEIGHT + 40);
    int frames = trace.frames();
    List<Double> mean =
        IntStream.range(0, frames)
            .mapToObj(
                t -> trace.heads().stream().mapToDouble(h -> h.get(t)).average().orElseThrow())
            .toList();
    double greatest =
        trace.heads().stream()
            .flatMap(List::stream)
            .mapToDouble(w -> w * frames)
            .max()
            .orElseThrow();
    Scale x = Plot.across(svg, 0, frames * trace.frameSeconds());
    Scale y = Scale.around(0, Math.max(greatest, 1.5), TOP + HEIGHT, TOP);
    String verdict =
        trace.actual().equals(trace.predicted())
            ? trace.actual() + ", recognised"
            : "%s, taken for %s".formatted(trace.actual(), trace.predicted());
    svg.text("ink strong", "start", 4, 14, verdict);
    loudness(svg, x, trace);
    Plot.of(svg, x, y, "times even attention").numbersBelow("seconds");
    svg.line("axis dash", x.from(), y.at(1), x.to(), y.at(1));
    for (List<Double> head : trace.heads()) {
      svg.element("path", Plot.line(0) + " faint", "d", path(x, y, trace, head));
    }
    svg.element("path", Plot.line(0), "d", path(x, y, trace, mean));
    return Figure.of(name, trace.clip(), svg);
  }

  private static void loudness(Svg svg, Scale x, AttentionTrace trace) {
    double loudest = trace.loudness().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    if (loudest == 0) {
      return;
    }
    double middle = TOP + HEIGHT / 2;
    StringBuilder above = new StringBuilder();
    StringBuilder below = new StringBuilder();
    for (int t = 0; t < trace.frames(); t++) {
      double across = x.at((t + 0.5) * trace.frameSeconds());
      double reach = trace.loudness().get(t) / loudest * HEIGHT / 2;
      above.append(String.format(Locale.ROOT, "%.2f,%.2f ", across, middle - reach));
      below.insert(0, String.format(Locale.ROOT, "%.2f,%.2f ", across, middle + reach));
    }
    svg.element("polygon", "shadow", "points", above.append(below).toString().strip());
  }

  private static String path(Scale x, Scale y, AttentionTrace trace, List<Double> weights) {
    StringBuilder path = new StringBuilder();
    for (int t = 0; t < weights.size(); t++) {
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.2f,%.2f",
              t == 0 ? "M" : "L",
              x.at((t + 0.5) * trace.frameSeconds()),
              y.at(weights.get(t) * trace.frames())));
    }
    return path.toString();
  }
}
