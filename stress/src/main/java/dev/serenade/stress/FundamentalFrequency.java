package dev.serenade.stress;

import dev.serenade.audio.Waveform;
import java.util.OptionalDouble;

/**
 * The pitch of a voice, by YIN.
 *
 * <p>In windows of W = 30 ms, one every 20 ms, with lags tau from 1 / 600 to 1 / 50 s:
 *
 * <pre>{@code
 * d(tau)  = sum_(n < W) (x_n - x_(n + tau))^2
 * d'(tau) = d(tau) tau / sum_(j <= tau) d(j)
 * }</pre>
 *
 * <p>The period is the first minimum of d' below {@value #THRESHOLD}, refined by a parabola; a
 * window without one, or more than 30 dB softer than the loudest, is unvoiced.
 *
 * <p>De Cheveigné and Kawahara, "YIN, a fundamental frequency estimator for speech and music", JASA
 * 111(4), 2002; steps 1 to 5.
 */
final class FundamentalFrequency {

  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;
  private static final int WINDOW = RATE_HZ * 3 / 100;
  private static final int HOP = RATE_HZ / 50;
  private static final int SHORTEST = RATE_HZ / 600;
  private static final int LONGEST = RATE_HZ / 50;
  private static final double THRESHOLD = 0.15;
  private static final double SOFTEST = 1e-3;

  private FundamentalFrequency() {}

  /** Returns the mean over voiced windows, in Hz; empty if there are none. */
  static OptionalDouble mean(Waveform sound) {
    float[] samples = sound.toArray();
    int windows = Math.max(0, (samples.length - WINDOW - LONGEST) / HOP + 1);
    double[] energies = new double[windows];
    double loudest = 0;
    for (int i = 0; i < windows; i++) {
      for (int n = i * HOP; n < i * HOP + WINDOW; n++) {
        energies[i] += (double) samples[n] * samples[n];
      }
      loudest = Math.max(loudest, energies[i]);
    }
    double sum = 0;
    int voiced = 0;
    for (int i = 0; i < windows; i++) {
      if (energies[i] > SOFTEST * loudest) {
        OptionalDouble period = period(samples, i * HOP);
        if (period.isPresent()) {
          sum += RATE_HZ / period.getAsDouble();
          voiced++;
        }
      }
    }
    return voiced == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / voiced);
  }

  private static OptionalDouble period(float[] samples, int start) {
    double[] normalised = new double[LONGEST + 1];
    double sum = 0;
    for (int lag = 1; lag <= LONGEST; lag++) {
      double difference = 0;
      for (int n = start; n < start + WINDOW; n++) {
        double change = samples[n] - samples[n + lag];
        difference += change * change;
      }
      sum += difference;
      normalised[lag] = sum == 0 ? 1 : difference * lag / sum;
    }
    for (int lag = SHORTEST; lag < LONGEST; lag++) {
      if (normalised[lag] < THRESHOLD && normalised[lag] <= normalised[lag + 1]) {
        double before = normalised[lag - 1];
        double after = normalised[lag + 1];
        double bend = before - 2 * normalised[lag] + after;
        double shift = bend <= 0 ? 0 : 0.5 * (before - after) / bend;
        return OptionalDouble.of(lag + Math.max(-1, Math.min(1, shift)));
      }
    }
    return OptionalDouble.empty();
  }
}
