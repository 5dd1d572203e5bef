package dev.serenade.evaluation.calibration;

import java.util.OptionalDouble;

/**
 * The predictions whose confidence lies in one stretch of [0, 1].
 *
 * @param from the least confidence, inclusive
 * @param to the greatest confidence, exclusive except for 1
 * @param count how many predictions lie here
 * @param meanConfidence their mean confidence; empty if there are none
 * @param accuracy the share of them that is right; empty if there are none
 */
public record ReliabilityBin(
    double from, double to, int count, OptionalDouble meanConfidence, OptionalDouble accuracy) {

  /** Returns |accuracy - mean confidence|, 0 for an empty bin. */
  double gap() {
    return count == 0 ? 0 : Math.abs(accuracy.getAsDouble() - meanConfidence.getAsDouble());
  }
}
