package dev.serenade.recognition.explanation;

import dev.serenade.recognition.FloatVector;

/**
 * Whether attention is high where the score falls without it: Kendall's rank correlation of the
 * mean attention of each step with the step's change by {@link Occlusion}.
 *
 * <pre>{@code
 * tau = (pairs in the same order - pairs in opposite order) / (n (n - 1) / 2)     in [-1, 1]
 * }</pre>
 *
 * <p>Tied pairs count for neither. Jain and Wallace, "Attention is not explanation", NAACL 2019,
 * arXiv 1902.10186, section 4.1, compare attention with leaving a word out in the same way.
 *
 * @param tau 0 for a single step
 * @param steps n
 */
public record AttentionAgreement(double tau, int steps) {

  /** One-sided 5 % of the standard normal distribution. */
  private static final double CRITICAL = 1.645;

  /** Compares the attention of a clip with its occlusion. */
  static AttentionAgreement of(FloatVector attention, Occlusion occlusion) {
    int steps = occlusion.logOddsChanges().size();
    double[] weights = new double[steps];
    for (int step = 0; step < steps; step++) {
      int from = step * occlusion.stepFrames();
      int to = Math.min(attention.length(), from + occlusion.stepFrames());
      for (int t = from; t < to; t++) {
        weights[step] += attention.get(t) / (to - from);
      }
    }
    int balance = 0;
    for (int i = 0; i < steps; i++) {
      for (int j = 0; j < i; j++) {
        balance +=
            Double.compare(weights[i], weights[j])
                * Double.compare(
                    occlusion.logOddsChanges().get(i), occlusion.logOddsChanges().get(j));
      }
    }
    double pairs = steps * (steps - 1) / 2.0;
    return new AttentionAgreement(steps == 1 ? 0 : balance / pairs, steps);
  }

  /**
   * Returns whether the agreement is more than that of independent rankings: above the one-sided 5
   * % point of tau's normal approximation, 1.645 sqrt(2 (2 n + 5) / (9 n (n - 1))); 0.26 for n =
   * 20. Lenient, as neighbouring steps share a stretch.
   */
  public boolean isShown() {
    double n = steps;
    return tau > CRITICAL * Math.sqrt(2 * (2 * n + 5) / (9 * n * Math.max(1, n - 1)));
  }
}
