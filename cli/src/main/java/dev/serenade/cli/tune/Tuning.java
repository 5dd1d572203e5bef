package dev.serenade.cli.tune;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.MetricSummary;
import dev.serenade.evaluation.significance.PairedTest;
import dev.serenade.evaluation.significance.SelectionBias;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a search has found.
 *
 * @param title corpus and encoder
 * @param protocol how speakers were divided
 * @param leftOut speakers who had no part in it, so that the winner may be tested on them
 * @param space what was searched
 * @param usual the defaults, by setting
 * @param trials at least one, in order; the first is that of the defaults, and complete
 * @param folds how many a complete trial has
 * @param seed of the search and of resampling
 */
record Tuning(
    String title,
    String protocol,
    List<String> leftOut,
    SearchSpace space,
    Map<String, String> usual,
    List<Trial> trials,
    int folds,
    long seed) {

  static final Metric METRIC = Metric.UNWEIGHTED_AVERAGE_RECALL;

  Tuning {
    leftOut = List.copyOf(leftOut);
    usual = Map.copyOf(usual);
    trials = List.copyOf(trials);
  }

  Trial defaults() {
    return trials.get(0);
  }

  Trial best() {
    return Trial.best(trials).orElseThrow();
  }

  /** Returns the complete trials, the best first. */
  List<Trial> complete() {
    List<Trial> complete = new ArrayList<>(trials.stream().filter(Trial::isComplete).toList());
    complete.sort(Comparator.comparingDouble(Trial::recall).reversed());
    return complete;
  }

  /** Returns a trial's score with its interval. */
  MetricSummary score(Trial trial) {
    return MetricSummary.of(trial.predictions(), METRIC, seed);
  }

  /** Compares a complete trial with the defaults, clip by clip. */
  Comparison againstDefaults(Trial trial) {
    return PairedTest.of(defaults().predictions(), trial.predictions(), seed).compare(METRIC);
  }

  /** Returns how much too good the best looks for being the best; empty if nobody can say. */
  Optional<SelectionBias> bias() {
    return SelectionBias.of(
        trials.stream().filter(Trial::isComplete).map(Trial::predictions).toList(), METRIC, seed);
  }

  /** Returns what to know before the number of the best. */
  String caveat() {
    int complete = (int) trials.stream().filter(Trial::isComplete).count();
    if (complete == 1) {
      return "Only the defaults were tried to the end; there was no choice to make.";
    }
    String optimism =
        bias()
            .map(
                bias ->
                    String.format(
                        Locale.ROOT,
                        "by about %.1f points: choosing so gives about %.1f %% on new speakers",
                        100 * bias.optimism(),
                        100 * (bias.score() - bias.optimism())))
            .orElse("by nobody knows how much");
    String more =
        leftOut.isEmpty()
            ? "; --leave-out keeps speakers for an honest test"
            : ", and those left out can tell";
    return "The score of the best of %d trials is too good for being the best, %s (estimated by resampling speakers)%s."
        .formatted(complete, optimism, more);
  }
}
