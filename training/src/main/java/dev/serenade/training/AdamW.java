package dev.serenade.training;

import dev.serenade.whisper.tensor.FloatTensor;

/**
 * The AdamW optimizer, over all parameters as one vector.
 *
 * <p>For step s = 1, 2, .., gradient g and learning rate r:
 *
 * <pre>{@code
 * w <- w - r weightDecay w
 * m <- m + (1 - beta1) (g - m)
 * v <- beta2 v + (1 - beta2) g^2
 * w <- w - r / (1 - beta1^s) m / (sqrt(v) / sqrt(1 - beta2^s) + epsilon)
 * }</pre>
 *
 * <p>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019; the order of
 * operations is that of PyTorch, whose defaults are used here too: beta1 0.9, beta2 0.999, epsilon
 * 1e-8, every learned parameter decays. Not thread-safe.
 */
final class AdamW {

  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-8;

  private final double weightDecay;
  private final float[] firstMoments;
  private final float[] secondMoments;
  private int steps;

  AdamW(int parameters, double weightDecay) {
    this.weightDecay = weightDecay;
    this.firstMoments = new float[parameters];
    this.secondMoments = new float[parameters];
  }

  /** Returns a copy of m, shape (parameters). */
  FloatTensor firstMoments() {
    return FloatTensor.of(firstMoments, firstMoments.length);
  }

  /** Returns a copy of v, shape (parameters). */
  FloatTensor secondMoments() {
    return FloatTensor.of(secondMoments, secondMoments.length);
  }

  /** Goes on as if it had taken so many steps and come to these moments. */
  void restore(int stepsDone, FloatTensor m, FloatTensor v) {
    steps = stepsDone;
    m.values().get(firstMoments);
    v.values().get(secondMoments);
  }

  /** Moves as many values as there are parameters one step down the gradients. */
  void step(float[] values, float[] gradients, double learningRate) {
    steps++;
    float decay = (float) (1 - learningRate * weightDecay);
    float stepSize = (float) (learningRate / (1 - Math.pow(BETA1, steps)));
    float correction = (float) Math.sqrt(1 - Math.pow(BETA2, steps));
    float toward = (float) (1 - BETA1);
    float keep = (float) BETA2;
    float add = (float) (1 - BETA2);
    float epsilon = (float) EPSILON;
    float[] m = firstMoments;
    float[] v = secondMoments;
    for (int i = 0; i < m.length; i++) {
      float g = gradients[i];
      m[i] += toward * (g - m[i]);
      v[i] = keep * v[i] + add * g * g;
      float denominator = (float) Math.sqrt(v[i]) / correction + epsilon;
      values[i] = values[i] * decay - stepSize * (m[i] / denominator);
    }
  }
}
