package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording without its lowest frequencies: a Butterworth filter of first order, 3 dB down at
 * the corner, that falls by 6 dB an octave below it.
 *
 * @param cornerHz from 20 to 7,900
 */
public record HighPass(double cornerHz) implements Effect {

  static final String NAME = "highpass";

  /** Checks the range. */
  public HighPass {
    EffectText.requireIn(20, 7900, "hertz", NAME, cornerHz);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    float[] samples = sound.toArray();
    FirstOrderFilter.highPass(cornerHz).apply(samples);
    return Waveform.of(samples);
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, cornerHz);
  }
}
