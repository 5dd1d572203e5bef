package dev.serenade.recognition.explanation;

import dev.serenade.recognition.FloatVector;

/**
 * How even attention is: which share of the frames carries it.
 *
 * <pre>{@code
 * H = - sum_t a_t log a_t              entropy of the weights, the mean over heads
 * uniformity = exp(H) / T              in (0, 1]; k frames of equal weight and no other give k / T
 * }</pre>
 *
 * <p>At 1 all frames weigh the same, as in a mean, and attention says nothing. That attention is
 * not uniform does not make it an explanation, see {@link AttentionAgreement}.
 *
 * @param value in (0, 1]
 */
public record AttentionUniformity(double value) {

  /**
   * From here on attention is nearly uniform: to make it so, less than a sixth of its weight would
   * have to move, as log(1 / 0.95) = 0.051 is its divergence from the uniform, and the share that
   * differs is at most the root of half of that (Pinsker's inequality).
   */
  public static final double NEAR_UNIFORM = 0.95;

  /** Weights that differ by less are the same for every frame. */
  private static final double ROUNDING = 1e-6;

  /**
   * Measures the weights of a clip.
   *
   * @param attention at least one weight, none negative; they sum to 1
   */
  public static AttentionUniformity of(FloatVector attention) {
    double entropy = 0;
    for (int t = 0; t < attention.length(); t++) {
      double weight = attention.get(t);
      entropy -= weight > 0 ? weight * Math.log(weight) : 0;
    }
    return new AttentionUniformity(Math.min(1, Math.exp(entropy) / attention.length()));
  }

  /** Returns whether all frames weigh the same, as they do where pooling has no attention. */
  public boolean isExact() {
    return value > 1 - ROUNDING;
  }

  /** Returns whether attention hardly tells moments apart. */
  public boolean isNearlyUniform() {
    return value >= NEAR_UNIFORM;
  }
}
