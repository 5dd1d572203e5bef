package dev.serenade.cli.train;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.significance.MetricSummary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The outcome of an evaluation in a few lines: all clips together, and each pooled corpus. */
final class ScoreTable {

  private static final String ROW = "%-16s %7s %8s %23s %11s%n";

  private static final long BOOTSTRAP_SEED = 0;

  private ScoreTable() {}

  /**
   * Writes the table.
   *
   * @param label what stands in its corner
   * @param corpora names of the corpora that were pooled; a clip's name begins with its corpus
   */
  static void write(String label, Predictions all, List<String> corpora, PrintWriter out) {
    out.printf(ROW, label, "clips", "WA %", "UA % (95 %)", "macro-F1 %");
    if (corpora.size() > 1) {
      for (String corpus : corpora) {
        List<Prediction> part =
            all.asList().stream()
                .filter(prediction -> prediction.clip().startsWith(corpus + "/"))
                .toList();
        if (!part.isEmpty()) {
          row(corpus, Predictions.of(part), out);
        }
      }
    }
    row("all", all, out);
    out.flush();
  }

  /**
   * Writes the table of several runs over the same clips.
   *
   * @param runs by name, in order
   */
  static void write(Map<String, Predictions> runs, PrintWriter out) {
    out.printf(ROW, "", "clips", "WA %", "UA % (95 %)", "macro-F1 %");
    runs.forEach((name, predictions) -> row(name, predictions, out));
    out.flush();
  }

  private static void row(String name, Predictions predictions, PrintWriter out) {
    out.printf(
        ROW,
        name,
        predictions.size(),
        percent(Metric.WEIGHTED_ACCURACY.of(predictions)),
        recall(predictions),
        percent(Metric.MACRO_F1.of(predictions)));
  }

  private static String recall(Predictions predictions) {
    MetricSummary summary =
        MetricSummary.of(predictions, Metric.UNWEIGHTED_AVERAGE_RECALL, BOOTSTRAP_SEED);
    return summary
        .interval95()
        .map(
            interval ->
                "%s (%s to %s)"
                    .formatted(
                        percent(summary.pooled()),
                        percent(interval.low()),
                        percent(interval.high())))
        .orElse(percent(summary.pooled()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
