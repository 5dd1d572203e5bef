package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording spoken higher or lower: pitch and formants move by the same factor, as with a
 * smaller or larger speaker; tempo stays.
 *
 * <p>{@link Speed} by 2^(semitones / 12), then {@link Rate} by its inverse. Lasts as long.
 *
 * @param semitones from -12 to 12
 */
public record Pitch(double semitones) implements Effect {

  static final String NAME = "pitch";

  private static final double SEMITONES_PER_OCTAVE = 12;

  /** Checks the range. */
  public Pitch {
    EffectText.requireIn(-SEMITONES_PER_OCTAVE, SEMITONES_PER_OCTAVE, "semitones", NAME, semitones);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    double factor = Math.pow(2, semitones / SEMITONES_PER_OCTAVE);
    Waveform moved = new Speed(factor).apply(sound, random);
    return Lengths.fit(new Rate(1 / factor).apply(moved, random), sound.length());
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, semitones);
  }
}
