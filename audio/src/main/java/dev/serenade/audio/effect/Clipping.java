package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Arrays;
import java.util.Random;

/**
 * The recording through equipment that was set too loud: the strongest samples are cut to the level
 * of the strongest that is left.
 *
 * <pre>{@code
 * y_n = max(-t, min(t, x_n))    with t such that this share of the samples lies beyond it
 * }</pre>
 *
 * @param percent of the samples that are cut, from 0 to 50
 */
public record Clipping(double percent) implements Effect {

  static final String NAME = "clip";

  /** Checks the range. */
  public Clipping {
    EffectText.requireIn(0, 50, "percent", NAME, percent);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    float[] samples = sound.toArray();
    float[] sizes = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      sizes[i] = Math.abs(samples[i]);
    }
    Arrays.sort(sizes);
    int cut = (int) Math.round(percent / 100 * samples.length);
    float threshold = sizes[sizes.length - 1 - Math.min(cut, sizes.length - 1)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.max(-threshold, Math.min(threshold, samples[i]));
    }
    return Waveform.of(samples);
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, percent);
  }
}
