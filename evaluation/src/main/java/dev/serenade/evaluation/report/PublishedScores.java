package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import java.util.OptionalDouble;

/**
 * What a paper printed for a run, means over folds as shares from 0 to 1; empty where it prints
 * nothing.
 *
 * @param weightedAccuracy WA
 * @param unweightedAverageRecall UA
 * @param weightedF1 F1
 */
public record PublishedScores(
    OptionalDouble weightedAccuracy,
    OptionalDouble unweightedAverageRecall,
    OptionalDouble weightedF1) {

  /** Returns one of the scores; no paper here prints macro-F1. */
  OptionalDouble of(Metric metric) {
    return switch (metric) {
      case WEIGHTED_ACCURACY -> weightedAccuracy;
      case UNWEIGHTED_AVERAGE_RECALL -> unweightedAverageRecall;
      case WEIGHTED_F1 -> weightedF1;
      case MACRO_F1 -> OptionalDouble.empty();
    };
  }
}
