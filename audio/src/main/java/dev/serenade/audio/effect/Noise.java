package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * White Gaussian noise over the recording, at a stated signal-to-noise ratio:
 *
 * <pre>{@code
 * SNR = 10 log10 (sum_n x_n^2 / sum_n noise_n^2)    over the whole recording, pauses included
 * }</pre>
 *
 * <p>The noise drawn is scaled to that ratio exactly. A recording of zeros stays as it is, for
 * there is no such ratio.
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
    float[] samples = sound.toArray();
    float[] noise = new float[samples.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    double wanted = Level.energy(samples) / Math.pow(10, decibels / 10);
    double factor = Math.sqrt(wanted / Level.energy(noise));
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (samples[i] + factor * noise[i]);
    }
    return Waveform.of(samples);
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
