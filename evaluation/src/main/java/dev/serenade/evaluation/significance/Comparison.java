package dev.serenade.evaluation.significance;

import dev.serenade.evaluation.Measure;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether a second run differs from a first on the same clips, by one measure, pooled over folds.
 *
 * @param metric what is compared
 * @param first its value for the first run
 * @param second its value for the second run
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
    Measure metric,
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
    return difference() > 0 != metric.lessIsBetter() ? "better" : "worse";
  }

  /** Returns the least p-value that so many speakers can give, however large the difference. */
  public double leastPValue() {
    return PairedSpeakers.leastPValue(speakers);
  }

  /** Returns this comparison with a p-value that allows for others beside it, see {@link Holm}. */
  public Comparison withPValue(double adjusted) {
    return new Comparison(metric, first, second, interval95, adjusted, noiseFloor, speakers);
  }

  /** Returns one line for people, of a share in percentage points. */
  public String sentence() {
    int scale = metric.isShare() ? 100 : 1;
    String number = metric.isShare() ? "%.1f" : "%.3f";
    String signed = metric.isShare() ? "%+.1f" : "%+.3f";
    String unit = metric.isShare() ? " points" : "";
    String floor =
        noiseFloor.isPresent()
            ? String.format(Locale.ROOT, number, scale * noiseFloor.getAsDouble()) + unit
            : "out of reach with " + speakers + " speakers";
    return String.format(
        Locale.ROOT,
        "%s %N -> %N: %s (%S%s, 95 %% interval %S to %S, p = %.3f, noise floor %s)"
            .replace("%N", number)
            .replace("%S", signed),
        metric.shortName(),
        scale * first,
        scale * second,
        verdict(),
        scale * difference(),
        unit,
        scale * interval95.low(),
        scale * interval95.high(),
        pValue,
        floor);
  }
}
