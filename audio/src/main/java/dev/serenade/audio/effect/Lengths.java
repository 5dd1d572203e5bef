package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Arrays;

/** Keeps filters, which hold some sound back at the end, from changing how long a clip is. */
final class Lengths {

  /** More than any filter here holds back. */
  private static final int SILENCE = Waveform.SAMPLE_RATE_HZ / 5;

  private Lengths() {}

  /** Returns the sound with a little silence after it, which brings all of it out of a filter. */
  static Waveform withSilence(Waveform sound) {
    return fit(sound, sound.length() + SILENCE);
  }

  /** Returns the sound cut, or filled up with silence, to this length. */
  static Waveform fit(Waveform sound, int length) {
    return Waveform.of(Arrays.copyOf(sound.toArray(), length));
  }

  /** Returns how many samples last so long. */
  static int samples(double seconds) {
    return (int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
  }
}
