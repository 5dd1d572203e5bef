package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording with silence, zeros, before it.
 *
 * @param seconds from 0 to 5
 */
public record Prepend(double seconds) implements Effect {

  static final String NAME = "prepend";

  /** Checks the range. */
  public Prepend {
    EffectText.requireIn(0, 5, "seconds", NAME, seconds);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    int silence = Lengths.samples(seconds);
    float[] longer = new float[sound.length() + silence];
    System.arraycopy(sound.toArray(), 0, longer, silence, sound.length());
    return Waveform.of(longer);
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, seconds);
  }
}
