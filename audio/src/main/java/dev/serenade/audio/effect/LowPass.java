package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording without its highest frequencies: a Butterworth filter of first order, 3 dB down at
 * the corner, that falls by 6 dB an octave, and to nothing at 8 kHz, above it.
 *
 * @param cornerHz from 20 to 7,900
 */
public record LowPass(double cornerHz) implements Effect {

  static final String NAME = "lowpass";

  /** Checks the range. */
  public LowPass {
    EffectText.requireIn(20, 7900, "hertz", NAME, cornerHz);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    float[] samples = sound.toArray();
    FirstOrderFilter.lowPass(cornerHz).apply(samples);
    return Waveform.of(samples);
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, cornerHz);
  }
}
