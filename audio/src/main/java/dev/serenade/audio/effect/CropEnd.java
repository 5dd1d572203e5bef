package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording without its end, whatever is said there; one sample is left at least.
 *
 * @param seconds from 0 to 5
 */
public record CropEnd(double seconds) implements Effect {

  static final String NAME = "crop-end";

  /** Checks the range. */
  public CropEnd {
    EffectText.requireIn(0, 5, "seconds", NAME, seconds);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    return sound.slice(0, Math.max(1, sound.length() - Lengths.samples(seconds)));
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, seconds);
  }
}
