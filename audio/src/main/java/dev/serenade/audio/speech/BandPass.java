package dev.serenade.audio.speech;

import dev.serenade.audio.Waveform;

/**
 * A band of frequencies: a high-pass and a low-pass filter of second order, each a Butterworth's,
 * one after the other.
 *
 * <p>The bilinear transform of both, in the transposed direct form II:
 *
 * <pre>{@code
 * y_n = b0 x_n + z1
 * z1  = b1 x_n - a1 y_n + z2
 * z2  = b2 x_n - a2 y_n
 * }</pre>
 *
 * <p>Keeps its state from sample to sample. For one thread.
 */
final class BandPass {

  private final Section high;
  private final Section low;

  /**
   * Makes a band at rest.
   *
   * @param fromHz where it is 3 dB down below
   * @param toHz where it is 3 dB down above
   */
  BandPass(double fromHz, double toHz) {
    high = new Section(fromHz, true);
    low = new Section(toHz, false);
  }

  /** Returns the next sample of the band. */
  double apply(double sample) {
    return low.apply(high.apply(sample));
  }

  /** Comes to rest where next to nothing is left, for numbers near the smallest are slow. */
  void settle() {
    high.settle();
    low.settle();
  }

  private static final class Section {

    private static final double NEXT_TO_NOTHING = 1e-30;

    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double z1;
    private double z2;

    Section(double cutoffHz, boolean highPass) {
      double omega = 2 * Math.PI * cutoffHz / Waveform.SAMPLE_RATE_HZ;
      double cosine = StrictMath.cos(omega);
      double alpha = StrictMath.sin(omega) / Math.sqrt(2);
      double scale = 1 / (1 + alpha);
      b0 = (highPass ? 1 + cosine : 1 - cosine) / 2 * scale;
      b1 = (highPass ? -2 : 2) * b0;
      b2 = b0;
      a1 = -2 * cosine * scale;
      a2 = (1 - alpha) * scale;
    }

    double apply(double sample) {
      double result = b0 * sample + z1;
      z1 = b1 * sample - a1 * result + z2;
      z2 = b2 * sample - a2 * result;
      return result;
    }

    void settle() {
      z1 = Math.abs(z1) < NEXT_TO_NOTHING ? 0 : z1;
      z2 = Math.abs(z2) < NEXT_TO_NOTHING ? 0 : z2;
    }
  }
}
