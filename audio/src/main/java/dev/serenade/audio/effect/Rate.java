package dev.serenade.audio.effect;

import dev.serenade.audio.AudioFilter;
import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording spoken faster or slower: tempo changes, pitch and formants stay.
 *
 * <p>Pieces of the waveform are put together closer or farther apart, where they fit best (WSOLA,
 * by FFmpeg's {@code atempo}). Lasts 1 / factor as long.
 *
 * <p>Verhelst and Roelands, "An overlap-add technique based on waveform similarity (WSOLA) for high
 * quality time-scale modification of speech", ICASSP 1993.
 *
 * @param factor from 0.5 to 2
 */
public record Rate(double factor) implements Effect {

  static final String NAME = "rate";

  /** Checks the range. */
  public Rate {
    EffectText.requireIn(0.5, 2, "a factor", NAME, factor);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    int length = (int) Math.max(1, Math.round(sound.length() / factor));
    AudioFilter tempo = AudioFilter.of("atempo=" + factor);
    return Lengths.fit(tempo.apply(Lengths.withSilence(sound)), length);
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, factor);
  }
}
