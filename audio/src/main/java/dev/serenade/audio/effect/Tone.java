package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * A steady tone over the recording, too high to be taken for speech: a sinusoid of 5,000 to 7,000
 * Hz, drawn for each recording, as is its phase.
 *
 * <pre>{@code
 * ratio = 20 log10 (max_n |x_n| / amplitude of the tone)
 * }</pre>
 *
 * @param decibels how far the tone's peak lies below the recording's, from 0 to 80
 */
public record Tone(double decibels) implements Effect {

  static final String NAME = "tone";

  private static final double LOWEST_HZ = 5000;
  private static final double HIGHEST_HZ = 7000;

  /** Checks the range. */
  public Tone {
    EffectText.requireIn(0, 80, "decibels", NAME, decibels);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    double frequencyHz = LOWEST_HZ + random.nextDouble() * (HIGHEST_HZ - LOWEST_HZ);
    double phase = 2 * Math.PI * random.nextDouble();
    float[] samples = sound.toArray();
    double amplitude = Level.peak(samples) * Math.pow(10, -decibels / 20);
    double step = 2 * Math.PI * frequencyHz / Waveform.SAMPLE_RATE_HZ;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (samples[i] + amplitude * Math.sin(phase + step * i));
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
