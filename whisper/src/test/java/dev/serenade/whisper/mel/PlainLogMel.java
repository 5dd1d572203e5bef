package dev.serenade.whisper.mel;

import dev.serenade.audio.Waveform;

/** Whisper's front end in plain double precision, written from its description. */
final class PlainLogMel {

  private static final int HOP = 160;
  private static final int WINDOW = 400;
  private static final int BINS = 201;
  private static final double[] COSINES = new double[WINDOW];
  private static final double[] SINES = new double[WINDOW];

  static {
    for (int i = 0; i < WINDOW; i++) {
      COSINES[i] = Math.cos(2 * Math.PI * i / WINDOW);
      SINES[i] = Math.sin(2 * Math.PI * i / WINDOW);
    }
  }

  private PlainLogMel() {}

  /**
   * Returns the frames of a clip that is padded with silence to some length, shape (bands, frames).
   *
   * @param paddedSeconds 30 in Whisper
   */
  static double[][] of(float[] clip, int melBands, int paddedSeconds) {
    int length = paddedSeconds * Waveform.SAMPLE_RATE_HZ;
    double[] samples = new double[length];
    for (int i = 0; i < clip.length; i++) {
      samples[i] = clip[i];
    }
    MelFilterBank bank = new MelFilterBank(melBands);
    double[][] filters = new double[melBands][BINS];
    for (int band = 0; band < melBands; band++) {
      for (int bin = 0; bin < BINS; bin++) {
        filters[band][bin] = bank.gain(band, 40.0 * bin);
      }
    }
    int frames = length / HOP;
    double[][] mel = new double[melBands][frames];
    double loudest = Double.NEGATIVE_INFINITY;
    for (int frame = 0; frame < frames; frame++) {
      double[] power = power(samples, frame * HOP - WINDOW / 2);
      for (int band = 0; band < melBands; band++) {
        double energy = 0;
        for (int bin = 0; bin < BINS; bin++) {
          energy += filters[band][bin] * power[bin];
        }
        mel[band][frame] = Math.log10(Math.max(energy, 1e-10));
        loudest = Math.max(loudest, mel[band][frame]);
      }
    }
    for (double[] band : mel) {
      for (int frame = 0; frame < frames; frame++) {
        band[frame] = (Math.max(band[frame], loudest - 8) + 4) / 4;
      }
    }
    return mel;
  }

  private static double[] power(double[] samples, int start) {
    double[] windowed = new double[WINDOW];
    boolean silent = true;
    for (int i = 0; i < WINDOW; i++) {
      windowed[i] = mirrored(samples, start + i) * (0.5 - 0.5 * COSINES[i]);
      silent &= windowed[i] == 0;
    }
    double[] power = new double[BINS];
    for (int bin = 0; bin < BINS && !silent; bin++) {
      double real = 0;
      double imaginary = 0;
      for (int i = 0; i < WINDOW; i++) {
        real += windowed[i] * COSINES[bin * i % WINDOW];
        imaginary += windowed[i] * SINES[bin * i % WINDOW];
      }
      power[bin] = real * real + imaginary * imaginary;
    }
    return power;
  }

  /** Beyond either end the sound is mirrored, its first and last sample not repeated. */
  private static double mirrored(double[] samples, int index) {
    int inside = Math.abs(index);
    return samples[inside < samples.length ? inside : 2 * (samples.length - 1) - inside];
  }
}
