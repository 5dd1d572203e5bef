package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording with silence, zeros, after it.
 *
 * @param seconds from 0 to 5
 */
public record Append(double seconds) implements Effect {

  static final String NAME = "append";

  /** Checks the range. */
  public Append {
    EffectText.requireIn(0, 5, "seconds", NAME, seconds);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    return Lengths.fit(sound, sound.length() + Lengths.samples(seconds));
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, seconds);
  }
}
