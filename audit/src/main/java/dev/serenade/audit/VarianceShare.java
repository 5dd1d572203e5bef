package dev.serenade.audit;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Which share of the variance of a number lies between classes: eta squared.
 *
 * <pre>{@code eta2 = sum_k n_k (mean_k - mean)^2 / sum_n (x_n - mean)^2}</pre>
 *
 * <p>0 if the number does not vary. The p-value is the share of {@value Contingency#PERMUTATIONS}
 * random reassignments of classes, and the one observed, whose eta squared is at least as great.
 *
 * @param etaSquared in [0, 1]
 * @param pValue in (0, 1]
 */
record VarianceShare(double etaSquared, double pValue) {

  private static final double ROUNDING = 1e-12;

  /** Measures a number, one value and one class for each clip. */
  static VarianceShare of(double[] values, List<String> classes, long seed) {
    int[] labels = Contingency.numbered(classes);
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double all = 0;
    for (double value : values) {
      all += (value - mean) * (value - mean);
    }
    if (all <= ROUNDING) {
      return new VarianceShare(0, 1);
    }
    double observed = between(values, mean, labels);
    int asGreat = 1;
    SplittableRandom random = new SplittableRandom(seed);
    for (int p = 0; p < Contingency.PERMUTATIONS; p++) {
      Contingency.shuffle(labels, random);
      if (between(values, mean, labels) >= observed - ROUNDING) {
        asGreat++;
      }
    }
    return new VarianceShare(
        Math.min(1, observed / all), (double) asGreat / (Contingency.PERMUTATIONS + 1));
  }

  private static double between(double[] values, double mean, int[] labels) {
    double[] sums = new double[labels.length];
    int[] counts = new int[labels.length];
    for (int n = 0; n < values.length; n++) {
      sums[labels[n]] += values[n] - mean;
      counts[labels[n]]++;
    }
    double between = 0;
    for (int k = 0; k < sums.length && counts[k] > 0; k++) {
      between += sums[k] * sums[k] / counts[k];
    }
    return between;
  }
}
