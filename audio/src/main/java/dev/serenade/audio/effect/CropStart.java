package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording without its beginning, whatever is said there; one sample is left at least.
 *
 * @param seconds from 0 to 5
 */
public record CropStart(double seconds) implements Effect {

  static final String NAME = "crop-start";

  /** Checks the range. */
  public CropStart {
    EffectText.requireIn(0, 5, "seconds", NAME, seconds);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    return sound.slice(Math.min(Lengths.samples(seconds), sound.length() - 1), sound.length());
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, seconds);
  }
}
