package dev.serenade.training;

import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.ShortBuffer;

/**
 * Mean and standard deviation of each dimension over the frames of training clips, every frame
 * weighing the same.
 *
 * <p>A dimension that does not vary has deviation 1, so that it becomes 0 and not NaN.
 *
 * @param mean shape (W), as wide as the features
 * @param deviation shape (W), above 0
 */
public record Standardisation(FloatTensor mean, FloatTensor deviation) {

  /** What rounding leaves of a deviation of zero, relative to the mean. */
  private static final double NO_VARIATION = 1e-6;

  /** Measures these clips; pass training clips only. */
  static Standardisation of(ExampleSet examples) {
    Features features = examples.features();
    int width = features.width();
    double[] sums = new double[width];
    double[] squares = new double[width];
    long frames = 0;
    for (Example example : examples.examples()) {
      short[] states = new short[features.frames(example.clip()) * width];
      features.copyTo(example.clip(), ShortBuffer.wrap(states));
      for (int start = 0; start < states.length; start += width) {
        for (int d = 0; d < width; d++) {
          double value = Float16.toFloat(states[start + d]);
          sums[d] += value;
          squares[d] += value * value;
        }
      }
      frames += states.length / width;
    }
    float[] mean = new float[width];
    float[] deviation = new float[width];
    for (int d = 0; d < width; d++) {
      double middle = sums[d] / frames;
      double spread = Math.sqrt(Math.max(0, squares[d] / frames - middle * middle));
      mean[d] = (float) middle;
      deviation[d] = spread > NO_VARIATION * Math.abs(middle) ? (float) spread : 1;
    }
    return new Standardisation(FloatTensor.of(mean, width), FloatTensor.of(deviation, width));
  }

  /** Returns the mean as binary16, shape (D). */
  short[] meanFrame() {
    short[] halves = new short[mean.size()];
    for (int d = 0; d < halves.length; d++) {
      halves[d] = Float16.fromFloat(mean.get(d));
    }
    return halves;
  }
}
