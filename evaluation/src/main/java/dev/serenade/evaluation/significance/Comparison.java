package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.Metric;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether a second run differs from a first on the same clips, by one metric, pooled over folds.
 *
 * @param metric what is compared
 * @param first the metric of the first run
 * @param second the metric of the second run
 * @param interval95 of second - first: the 95 % bootstrap interval over speakers
 * @param pValue how often a difference at least as large arises when, speaker by speaker, it is
 *     random which run is called the first; two-sided
 * @param noiseFloor the least difference, in either direction, that has a p-value of {@value
 *     #LEVEL} or less between these two runs: what lies below cannot be told from chance; empty if
 *     no difference could, as there are too few speakers or the runs agree everywhere
 * @param speakers how many speakers there are; with fewer than six no p-value can reach {@value
 *     #LEVEL}
 */
public record Comparison(
    Metric metric,
    double first,
    double second,
    Interval interval95,
    double pValue,
    OptionalDouble noiseFloor,
    int speakers) {

  /** The usual level of significance. */
  public static final double LEVEL = 0.05;

  /** Returns second - first. */
  public double difference() {
    return second - first;
  }

  /**
   * Returns whether there is a difference: the interval leaves out 0, and the p-value is at most
   * {@value #LEVEL}. Both are asked for, as with few speakers the interval alone is too narrow.
   */
  public boolean differenceShown() {
    return !interval95.contains(0) && pValue <= LEVEL;
  }

  /** Returns better, worse, or no difference shown: never a claim that the data do not bear. */
  public String verdict() {
    if (!differenceShown()) {
      return "no difference shown";
    }
    return difference() > 0 ? "better" : "worse";
  }

  /** Returns one line for people, in percentage points. */
  public String sentence() {
    String floor =
        noiseFloor.isPresent()
            ? String.format(Locale.ROOT, "%.1f points", 100 * noiseFloor.getAsDouble())
            : "out of reach with " + speakers + " speakers";
    return String.format(
        Locale.ROOT,
        "%s %.1f -> %.1f: %s (%+.1f points, 95 %% interval %+.1f to %+.1f, p = %.3f, noise floor %s)",
        metric.shortName(),
        100 * first,
        100 * second,
        verdict(),
        100 * difference(),
        100 * interval95.low(),
        100 * interval95.high(),
        pValue,
        floor);
  }
}
