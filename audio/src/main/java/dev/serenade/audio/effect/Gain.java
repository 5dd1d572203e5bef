package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording louder or softer: every sample times 10^(decibels / 20).
 *
 * <p>Nothing is clipped: samples are floats, and may leave [-1, 1].
 *
 * @param decibels from -40 to 40
 */
public record Gain(double decibels) implements Effect {

  static final String NAME = "gain";

  /** Checks the range. */
  public Gain {
    EffectText.requireIn(-40, 40, "decibels", NAME, decibels);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    return Level.scaled(sound, Math.pow(10, decibels / 20));
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, decibels);
  }
}
