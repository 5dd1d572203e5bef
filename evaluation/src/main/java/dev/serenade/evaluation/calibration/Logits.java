package dev.serenade.evaluation.calibration;

import java.util.Arrays;

/**
 * What a classifier gives before its softmax: one finite number per class.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Logits {

  private final double[] values;

  private Logits(double[] values) {
    this.values = values;
  }

  /** Returns logits that hold a copy of these values, at least one. */
  public static Logits of(double... values) {
    if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "expected at least one logit, all finite, found " + Arrays.toString(values));
    }
    return new Logits(values.clone());
  }

  /** Returns how many classes there are. */
  public int size() {
    return values.length;
  }

  /** Returns the logit of the class at this position. */
  public double get(int index) {
    return values[index];
  }

  /** Returns softmax(scale * logits), which sums to 1. */
  double[] softmax(double scale) {
    double greatest = Arrays.stream(values).max().orElseThrow();
    double[] result = new double[values.length];
    double sum = 0;
    for (int i = 0; i < result.length; i++) {
      result[i] = Math.exp(scale * (values[i] - greatest));
      sum += result[i];
    }
    for (int i = 0; i < result.length; i++) {
      result[i] /= sum;
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Logits that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
