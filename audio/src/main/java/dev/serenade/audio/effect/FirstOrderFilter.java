package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;

/**
 * A recursive filter of first order, as a value:
 *
 * <pre>{@code
 * y_n = b0 x_n + b1 x_(n-1) - a1 y_(n-1)
 * }</pre>
 *
 * <p>Made from (n0 + n1 s) / (d0 + d1 s) by the bilinear transform, every corner at its own
 * frequency: s / (2 pi f) becomes (1 - z^-1) / ((1 + z^-1) tan(pi f / rate)).
 */
record FirstOrderFilter(double b0, double b1, double a1) {

  /** Butterworth, first order: 3 dB down at the corner, 6 dB an octave above it. */
  static FirstOrderFilter lowPass(double cornerHz) {
    double inverse = inverseTangent(cornerHz);
    return of(1, 1, 1 + inverse, 1 - inverse);
  }

  /** Butterworth, first order: 3 dB down at the corner, 6 dB an octave below it. */
  static FirstOrderFilter highPass(double cornerHz) {
    double inverse = inverseTangent(cornerHz);
    return of(inverse, -inverse, 1 + inverse, 1 - inverse);
  }

  /** A step down: falls from the pole on, and no more from the zero, which is higher, on. */
  static FirstOrderFilter step(double poleHz, double zeroHz) {
    double zero = inverseTangent(zeroHz);
    double pole = inverseTangent(poleHz);
    return of(1 + zero, 1 - zero, 1 + pole, 1 - pole);
  }

  private static double inverseTangent(double frequencyHz) {
    return 1 / Math.tan(Math.PI * frequencyHz / Waveform.SAMPLE_RATE_HZ);
  }

  private static FirstOrderFilter of(double b0, double b1, double a0, double a1) {
    return new FirstOrderFilter(b0 / a0, b1 / a0, a1 / a0);
  }

  /** Filters these samples, in place, from rest. */
  void apply(float[] samples) {
    double before = 0;
    double out = 0;
    for (int i = 0; i < samples.length; i++) {
      double in = samples[i];
      out = b0 * in + b1 * before - a1 * out;
      before = in;
      samples[i] = (float) out;
    }
  }
}
