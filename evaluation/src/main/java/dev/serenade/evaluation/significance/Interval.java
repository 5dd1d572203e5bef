package dev.serenade.evaluation.significance;

import java.util.Arrays;

/**
 * A stretch of values.
 *
 * @param low the least value, inclusive
 * @param high the greatest value, inclusive
 */
public record Interval(double low, double high) {

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "expected an interval from low to high, found %s to %s".formatted(low, high));
    }
  }

  /** Returns whether a value lies in here. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /**
   * Returns the middle 95 % of these values, at least one: from the 2.5th to the 97.5th percentile.
   */
  static Interval middle95(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  /** Returns a quantile with linear interpolation, as numpy does unless told otherwise. */
  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
