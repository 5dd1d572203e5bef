package dev.serenade.evaluation.calibration;

import java.util.List;

/**
 * Softens or sharpens probabilities by one number: softmax(z / T).
 *
 * <p>T minimises the mean negative log-likelihood of held-out logits z_n with labels y_n. In b = 1
 * / T that is convex, so its minimum is where the derivative
 *
 * <pre>{@code
 * g(b) = 1/N sum_n (sum_k softmax_k(b z_n) z_nk - z_n,y_n)
 * }</pre>
 *
 * is 0; g grows with b, and bisection finds the place, down to neighbouring doubles. T above 1
 * means that the model was too sure. The order of the classes, hence the prediction, stays as it
 * was.
 *
 * <p>Edge cases: T is kept in [{@value #LEAST}, {@value #GREATEST}]. The lower bound is reached
 * when every label has the largest logit, the upper when logits say nothing or the opposite of the
 * truth.
 *
 * <p>Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, arXiv 1706.04599.
 *
 * @param temperature T, above 0
 */
public record TemperatureScaling(double temperature) implements LogitScaling {

  /** The least temperature that {@link #fit} gives. */
  public static final double LEAST = 0.01;

  /** The greatest temperature that {@link #fit} gives. */
  public static final double GREATEST = 100;

  public TemperatureScaling {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "expected a temperature above 0, and finite, found " + temperature);
    }
  }

  /**
   * Finds the temperature for these logits, which the model must not have been trained on.
   *
   * @param labels the position of each one's class, as many as logits
   */
  public static TemperatureScaling fit(List<Logits> logits, List<Integer> labels) {
    check(logits, labels);
    double low = 1 / GREATEST;
    double high = 1 / LEAST;
    if (gradient(logits, labels, low) >= 0) {
      return new TemperatureScaling(GREATEST);
    }
    if (gradient(logits, labels, high) <= 0) {
      return new TemperatureScaling(LEAST);
    }
    double middle = (low + high) / 2;
    while (low < middle && middle < high) {
      if (gradient(logits, labels, middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
      middle = (low + high) / 2;
    }
    return new TemperatureScaling(1 / high);
  }

  /** Returns softmax(logits / T), in the order of the logits. */
  @Override
  public double[] apply(Logits logits) {
    return logits.softmax(1 / temperature);
  }

  /** Returns g(b), the derivative of the mean negative log-likelihood by b = 1 / T. */
  static double gradient(List<Logits> logits, List<Integer> labels, double inverseTemperature) {
    double sum = 0;
    for (int n = 0; n < logits.size(); n++) {
      Logits z = logits.get(n);
      double[] p = z.softmax(inverseTemperature);
      for (int k = 0; k < p.length; k++) {
        sum += p[k] * z.get(k);
      }
      sum -= z.get(labels.get(n));
    }
    return sum / logits.size();
  }

  static void check(List<Logits> logits, List<Integer> labels) {
    if (logits.isEmpty() || logits.size() != labels.size()) {
      throw new IllegalArgumentException(
          "expected as many labels as logits, and at least one, found %d and %d"
              .formatted(labels.size(), logits.size()));
    }
    for (int n = 0; n < labels.size(); n++) {
      int label = labels.get(n);
      if (label < 0 || label >= logits.get(n).size()) {
        throw new IllegalArgumentException(
            "example %d: expected a label from 0 to %d, found %d"
                .formatted(n, logits.get(n).size() - 1, label));
      }
    }
  }
}
