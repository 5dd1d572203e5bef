package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording without the silence at its ends.
 *
 * <p>In pieces of 10 ms, the last of which may be shorter: what lies before the first and after the
 * last whose mean power is no more than so many decibels below the strongest is cut. A recording of
 * zeros stays as it is.
 *
 * @param decibels from 10 to 80
 */
public record Trim(double decibels) implements Effect {

  static final String NAME = "trim";

  /** Below nearly all speech, above the noise of nearly all studios. */
  static final double USUAL_DECIBELS = 40;

  private static final int PIECE = Waveform.SAMPLE_RATE_HZ / 100;

  /** Checks the range. */
  public Trim {
    EffectText.requireIn(10, 80, "decibels", NAME, decibels);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    int pieces = (sound.length() + PIECE - 1) / PIECE;
    double[] powers = new double[pieces];
    double strongest = 0;
    for (int i = 0; i < pieces; i++) {
      int end = Math.min((i + 1) * PIECE, sound.length());
      float[] piece = sound.slice(i * PIECE, end).toArray();
      powers[i] = Level.energy(piece) / piece.length;
      strongest = Math.max(strongest, powers[i]);
    }
    double threshold = strongest * Math.pow(10, -decibels / 10);
    int first = 0;
    while (powers[first] < threshold) {
      first++;
    }
    int last = pieces - 1;
    while (powers[last] < threshold) {
      last--;
    }
    return sound.slice(first * PIECE, Math.min((last + 1) * PIECE, sound.length()));
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, decibels);
  }
}
