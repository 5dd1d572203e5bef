package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * White Gaussian noise over the recording, at a stated {@linkplain SignalToNoise ratio}.
 *
 * @param decibels the ratio, from -20 to 60
 */
public record Noise(double decibels) implements Effect {

  static final String NAME = "noise";

  /** Checks the range. */
  public Noise {
    EffectText.requireIn(-20, 60, "decibels", NAME, decibels);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    float[] noise = new float[sound.length()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return SignalToNoise.mix(sound, Waveform.of(noise), decibels);
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, decibels);
  }
}
