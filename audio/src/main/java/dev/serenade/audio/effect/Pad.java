package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording with silence, zeros, before and after it.
 *
 * @param seconds at either end, from 0 to 5
 */
public record Pad(double seconds) implements Effect {

  static final String NAME = "pad";

  /** Checks the range. */
  public Pad {
    EffectText.requireIn(0, 5, "seconds", NAME, seconds);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    int silence = (int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
    float[] padded = new float[sound.length() + 2 * silence];
    System.arraycopy(sound.toArray(), 0, padded, silence, sound.length());
    return Waveform.of(padded);
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, seconds);
  }
}
