package dev.serenade.audit;

import dev.serenade.audio.Waveform;
import java.util.ArrayList;
import java.util.List;

/**
 * Power spectra of a clip's frames of {@value #LENGTH} samples (256 ms), Hann-windowed, one every
 * {@value #HOP} samples (16 ms). A clip shorter than a frame has one, with silence after it.
 */
final class Spectra {

  static final int LENGTH = 4096;
  static final int HOP = 256;

  private static final Fourier FOURIER = new Fourier(LENGTH);
  private static final double[] WINDOW = hann();

  private Spectra() {}

  /** Takes the power of each of the bins 0 to LENGTH / 2 of one frame; must not keep the array. */
  interface Consumer {
    void accept(int frame, double[] power);
  }

  /** Returns the lowest bin at or above a frequency. */
  static int bin(double frequencyHz) {
    return (int) Math.round(frequencyHz * LENGTH / Waveform.SAMPLE_RATE_HZ);
  }

  static int frames(int samples) {
    return samples < LENGTH ? 1 : (samples - LENGTH) / HOP + 1;
  }

  /** Computes two frames at a time: one as real part, one as imaginary part. */
  static void each(float[] samples, Consumer consumer) {
    int frames = frames(samples.length);
    double[] real = new double[LENGTH];
    double[] imaginary = new double[LENGTH];
    double[] power = new double[LENGTH / 2 + 1];
    for (int frame = 0; frame < frames; frame += 2) {
      fill(real, samples, frame * HOP);
      fill(imaginary, samples, (frame + 1) * HOP);
      FOURIER.transform(real, imaginary);
      for (int part = 0; part < 2 && frame + part < frames; part++) {
        for (int k = 0; k < power.length; k++) {
          int mirror = (LENGTH - k) % LENGTH;
          double sign = part == 0 ? 1 : -1;
          double re = (real[k] + sign * real[mirror]) / 2;
          double im = (imaginary[k] - sign * imaginary[mirror]) / 2;
          power[k] = re * re + im * im;
        }
        consumer.accept(frame + part, power);
      }
    }
  }

  private static void fill(double[] target, float[] samples, int start) {
    for (int n = 0; n < LENGTH; n++) {
      int position = start + n;
      target[n] = position < samples.length ? samples[position] * WINDOW[n] : 0;
    }
  }

  private static double[] hann() {
    double[] window = new double[LENGTH];
    for (int n = 0; n < LENGTH; n++) {
      window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / LENGTH);
    }
    return window;
  }

  /**
   * Returns the bins at which bands begin, spaced evenly on a logarithmic scale, and the last's
   * end.
   */
  static List<Integer> bandEdges(int bands, double lowHz, double highHz) {
    List<Integer> edges = new ArrayList<>();
    for (int b = 0; b <= bands; b++) {
      edges.add(bin(lowHz * Math.pow(highHz / lowHz, (double) b / bands)));
    }
    return edges;
  }
}
