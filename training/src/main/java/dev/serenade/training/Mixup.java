package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;

/**
 * Mixup of pooled clips: each clip becomes a mixture of itself and a partner, and so does its
 * target.
 *
 * <pre>{@code
 * z_i <- lambda z_i + (1 - lambda) z_p(i)      lambda ~ Beta(alpha, alpha), p a permutation
 * t_i <- lambda t_i + (1 - lambda) t_p(i)
 * }</pre>
 *
 * <p>Clips are mixed after pooling, where each is one vector, however long it is. Frames of two
 * clips say nothing at the same time t, and the mixture of a long and a short one would have no
 * length. The classifier is affine, so that mixing its logits, as is done here, is the same as
 * mixing pooled vectors.
 *
 * <p>Zhang et al., "mixup: beyond empirical risk minimization", ICLR 2018; in hidden layers: Verma
 * et al., "Manifold mixup", ICML 2019. Partners are of the same part of a batch, so they are about
 * equally long.
 */
final class Mixup {

  private final double alpha;
  private final RandomGenerator random;

  /**
   * Prepares for some steps.
   *
   * @param alpha 0 for no mixture
   */
  Mixup(double alpha, RandomGenerator random) {
    this.alpha = alpha;
    this.random = random;
  }

  /** Whether anything is mixed. */
  boolean isOn() {
    return alpha > 0;
  }

  /**
   * Draws the next mixture of the rows of a matrix, to be multiplied with it from the left.
   *
   * @param rows an array of so many rows, whose manager is to own the result
   */
  NDArray draw(NDArray rows) {
    int count = (int) rows.getShape().get(0);
    float lambda = (float) beta();
    float[] weights = new float[count * count];
    int[] partners = permutation(count);
    for (int i = 0; i < count; i++) {
      weights[i * count + i] += lambda;
      weights[i * count + partners[i]] += 1 - lambda;
    }
    return rows.getManager().create(weights, new Shape(count, count));
  }

  private int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Draws from Beta(alpha, alpha), as X / (X + Y) of two gamma variates. */
  double beta() {
    double x = logGamma();
    double y = logGamma();
    return 1 / (1 + Math.exp(y - x));
  }

  /**
   * Draws the logarithm of a Gamma(alpha, 1) variate, which for a small alpha may be too small
   * itself. Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26,
   * 2000.
   */
  private double logGamma() {
    double d = alpha + 1 - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double normal = random.nextGaussian();
      double root = 1 + c * normal;
      double v = root * root * root;
      // In (0, 1], so that its logarithm is finite.
      double uniform = 1 - random.nextDouble();
      if (v > 0 && Math.log(uniform) < normal * normal / 2 + d - d * v + d * Math.log(v)) {
        // Gamma(alpha) is Gamma(alpha + 1) U^(1 / alpha).
        return Math.log(d * v) + Math.log(1 - random.nextDouble()) / alpha;
      }
    }
  }
}
