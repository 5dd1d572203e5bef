package dev.serenade.audit;

import dev.serenade.audio.AudioFilter;
import dev.serenade.audio.Waveform;
import java.util.Optional;

/**
 * How one recording is a copy of another, sample by sample.
 *
 * <p>Both are filtered to 500 Hz to 3 kHz, which every codec and telephone keeps. With x and y laid
 * on each other at lag l, over {@value #MOST_SECONDS} s of their overlap at most:
 *
 * <pre>{@code
 * r(l)        = sum x_n y_n+l / sqrt(sum x_n^2 sum y_n+l^2)
 * lag         = argmax |r(l)|, up to a frame's hop from where the fingerprints match
 * correlation = |r(lag)|
 * level       = 10 log10(sum y^2 / sum x^2)
 * }</pre>
 *
 * @param correlation in [0, 1]
 * @param shiftSeconds by how much the second's sound comes later than the first's
 * @param levelDifferenceDecibels by how much the second is louder
 */
record Copy(double correlation, double shiftSeconds, double levelDifferenceDecibels) {

  /** Different recordings of one sentence by one voice have less. */
  static final double LEAST_CORRELATION = 0.5;

  private static final int MOST_SECONDS = 3;

  private static final AudioFilter BAND = AudioFilter.of("highpass=f=500,lowpass=f=3000");

  /**
   * Compares two recordings.
   *
   * @param offset of the fingerprints: frame t of the first is alike frame t + offset of the second
   * @return empty if they have no sound at the same time there
   */
  static Optional<Copy> of(Waveform first, Waveform second, int offset) {
    float[] x = BAND.apply(first).toArray();
    float[] y = BAND.apply(second).toArray();
    int middle = offset * Spectra.HOP;
    Optional<Copy> best = Optional.empty();
    for (int lag = middle - Spectra.HOP; lag <= middle + Spectra.HOP; lag++) {
      Optional<Copy> here = at(x, y, lag);
      if (here.isPresent()
          && (best.isEmpty() || here.get().correlation() > best.get().correlation())) {
        best = here;
      }
    }
    return best;
  }

  private static Optional<Copy> at(float[] x, float[] y, int lag) {
    int start = Math.max(0, -lag);
    int length = Math.min(x.length - start, y.length - start - lag);
    int taken = Math.min(length, MOST_SECONDS * Waveform.SAMPLE_RATE_HZ);
    int from = start + (length - taken) / 2;
    double products = 0;
    double squaresX = 0;
    double squaresY = 0;
    for (int n = from; n < from + taken; n++) {
      products += (double) x[n] * y[n + lag];
      squaresX += (double) x[n] * x[n];
      squaresY += (double) y[n + lag] * y[n + lag];
    }
    if (squaresX == 0 || squaresY == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Copy(
            Math.min(1, Math.abs(products) / Math.sqrt(squaresX * squaresY)),
            (double) lag / Waveform.SAMPLE_RATE_HZ,
            10 * Math.log10(squaresY / squaresX)));
  }
}
