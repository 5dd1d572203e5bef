package dev.serenade.audit;

/**
 * Discrete Fourier transform of a fixed length, a power of two: radix 2, in place.
 *
 * <pre>{@code X_k = sum_n x_n exp(-2 pi i k n / N)}</pre>
 *
 * <p>Immutable and safe for use by many threads.
 */
final class Fourier {

  private final int length;
  private final double[] cosines;
  private final double[] sines;

  Fourier(int length) {
    if (Integer.bitCount(length) != 1 || length < 2) {
      throw new IllegalArgumentException("a power of two expected, found " + length);
    }
    this.length = length;
    this.cosines = new double[length / 2];
    this.sines = new double[length / 2];
    for (int k = 0; k < length / 2; k++) {
      cosines[k] = Math.cos(-2 * Math.PI * k / length);
      sines[k] = Math.sin(-2 * Math.PI * k / length);
    }
  }

  /** Transforms N complex numbers, given as their real and imaginary parts. */
  void transform(double[] real, double[] imaginary) {
    int shift = Integer.numberOfLeadingZeros(length) + 1;
    for (int i = 0; i < length; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        swap(real, i, j);
        swap(imaginary, i, j);
      }
    }
    for (int half = 1; half < length; half *= 2) {
      int stride = length / (2 * half);
      for (int start = 0; start < length; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = start + k;
          int b = a + half;
          double cosine = cosines[k * stride];
          double sine = sines[k * stride];
          double re = real[b] * cosine - imaginary[b] * sine;
          double im = real[b] * sine + imaginary[b] * cosine;
          real[b] = real[a] - re;
          imaginary[b] = imaginary[a] - im;
          real[a] += re;
          imaginary[a] += im;
        }
      }
    }
  }

  private static void swap(double[] values, int i, int j) {
    double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
