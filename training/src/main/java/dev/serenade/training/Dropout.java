package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Sets each element to zero with a given probability, and divides the others by what remains.
 *
 * <p>The engine's own dropout draws from a generator that all threads share, so that folds trained
 * side by side would disturb one another; this draws from the training's own. The probability is
 * rounded to a multiple of 1 / 65,536.
 */
final class Dropout implements UnaryOperator<NDArray> {

  private static final int LEVELS = 1 << 16;

  private final int threshold;
  private final RandomGenerator random;

  Dropout(double probability, RandomGenerator random) {
    this.threshold = (int) Math.round(probability * LEVELS);
    this.random = random;
  }

  @Override
  public NDArray apply(NDArray x) {
    if (threshold == 0) {
      return x;
    }
    int size = Math.toIntExact(x.size());
    float kept = (float) LEVELS / (LEVELS - threshold);
    float[] factors = new float[size];
    long bits = 0;
    for (int i = 0; i < size; i++) {
      // One draw of 64 bits decides on four elements.
      bits = i % 4 == 0 ? random.nextLong() : bits >>> 16;
      factors[i] = (bits & (LEVELS - 1)) < threshold ? 0 : kept;
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(size * Float.BYTES).order(ByteOrder.nativeOrder());
    FloatBuffer target = bytes.asFloatBuffer();
    target.put(factors);
    return x.mul(x.getManager().create(bytes, x.getShape(), DataType.FLOAT32));
  }
}
