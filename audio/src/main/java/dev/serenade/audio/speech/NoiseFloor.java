package dev.serenade.audio.speech;

import java.util.Arrays;

/**
 * How strong the noise of a band is: the least of its smoothed power in the last seconds, for even
 * in speech there are moments without any.
 *
 * <p>The minimum statistics of R. Martin, "Noise power spectral density estimation based on optimal
 * smoothing and minimum statistics", IEEE Transactions on Speech and Audio Processing 9 (2001),
 * doi:10.1109/89.928915, with one fixed smoothing and one fixed correction, since the least is
 * always below the mean. Power is the mean of squares of samples at full scale 1.
 *
 * <p>For one thread.
 */
final class NoiseFloor {

  /** The least is taken over so many stretches of {@link #STRETCH_FRAMES}, six seconds in all. */
  private static final int STRETCHES = 12;

  private static final int STRETCH_FRAMES = 50;
  private static final double SMOOTHING = 0.2;

  /** By how much the mean lies above the least: 4 dB. */
  private static final double ABOVE_LEAST = StrictMath.pow(10, 0.4);

  /** Below -80 dB of full scale all is silence. */
  private static final double SILENCE = 1e-8;

  /** Until there is a second to take the least of, the noise is at most -60 dB of full scale. */
  private static final double MOST_AT_FIRST = 1e-6;

  private static final int FIRST_FRAMES = 100;

  private final double[] least = new double[STRETCHES];
  private double leastBefore = Double.POSITIVE_INFINITY;
  private double leastNow = Double.POSITIVE_INFINITY;
  private double smoothed;
  private long frames;

  NoiseFloor() {
    Arrays.fill(least, Double.POSITIVE_INFINITY);
  }

  /** Takes the power of the next frame, and returns that of the noise. */
  double accept(double power) {
    smoothed = frames == 0 ? power : smoothed + SMOOTHING * (power - smoothed);
    leastNow = Math.min(leastNow, smoothed);
    double found = Math.min(leastNow, leastBefore);
    double noise = (frames < FIRST_FRAMES ? Math.min(found, MOST_AT_FIRST) : found) * ABOVE_LEAST;
    frames++;
    if (frames % STRETCH_FRAMES == 0) {
      least[(int) (frames / STRETCH_FRAMES % STRETCHES)] = leastNow;
      leastBefore = Arrays.stream(least).min().orElse(leastNow);
      leastNow = smoothed;
    }
    return Math.max(SILENCE, noise);
  }
}
