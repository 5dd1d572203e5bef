package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * Something that happens to a recording, as a value.
 *
 * <p>Written as {@code name:amount} or, for what takes no amount, {@code name}; {@code toString}
 * gives the one spelling of equal effects.
 *
 * <p>Implementations are immutable and safe for use by many threads.
 */
public sealed interface Effect
    permits Speed,
        Rate,
        Pitch,
        Gain,
        Noise,
        Telephone,
        Room,
        Pad,
        Trim,
        Tone,
        Prepend,
        Append,
        CropStart,
        CropEnd,
        Clipping,
        HighPass,
        LowPass,
        Tilt,
        PinkNoise,
        Babble,
        Music,
        Cough,
        SpeechCodec,
        PoorPhone {

  /**
   * Returns what this makes of a recording.
   *
   * @param sound at least one sample
   * @param random where chance is drawn from; untouched by effects that leave nothing to chance. A
   *     {@link Random}, whose numbers are the same on every JDK
   */
  Waveform apply(Waveform sound, Random random);

  /** Returns whether anything is left to chance, so that the outcome depends on the seed. */
  default boolean isRandom() {
    return false;
  }

  /**
   * Reads an effect: {@code speed:0.9}, {@code rate:1.1}, {@code pitch:-2}, {@code gain:-6}, {@code
   * noise:20}, {@code telephone}, {@code room} or {@code room:0.6}, {@code pad:0.5}, {@code trim}
   * or {@code trim:30}, {@code tone:40}, {@code prepend:0.03}, {@code append:0.03}, {@code
   * crop-start:0.03}, {@code crop-end:0.03}, {@code clip:0.2}, {@code highpass:100}, {@code
   * lowpass:7000}, {@code tilt:-0.5}, {@code pink:20}, {@code babble:20}, {@code music:20}, {@code
   * cough:10}, {@code amr:7.4}, {@code poor-phone}.
   *
   * @throws IllegalArgumentException if it is none of them, or its amount is missing, not a number
   *     or out of range
   */
  static Effect parse(String text) {
    return EffectText.parse(text);
  }
}
