package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * Pink noise over the recording, as of rain, wind or traffic, at a stated {@linkplain SignalToNoise
 * ratio}: its power falls by 3 dB an octave.
 *
 * <p>White Gaussian noise through five steps down, whose poles lie at 10, 40, 160, 640 and 2,560 Hz
 * and whose zeros an octave above each: within 1 dB of the straight line from 20 Hz to 5 kHz.
 *
 * @param decibels the ratio, from -20 to 60
 */
public record PinkNoise(double decibels) implements Effect {

  static final String NAME = "pink";

  private static final double LOWEST_POLE_HZ = 10;
  private static final int STEPS = 5;

  /** Heard before the noise begins, so that the lowest frequencies are there from its start. */
  private static final int RUN_UP = Waveform.SAMPLE_RATE_HZ / 4;

  /** Checks the range. */
  public PinkNoise {
    EffectText.requireIn(-20, 60, "decibels", NAME, decibels);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    return SignalToNoise.mix(sound, noise(sound.length(), random), decibels);
  }

  /** Returns so many samples of pink noise, of whatever level. */
  static Waveform noise(int length, Random random) {
    float[] samples = new float[RUN_UP + length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextGaussian();
    }
    double poleHz = LOWEST_POLE_HZ;
    for (int i = 0; i < STEPS; i++) {
      FirstOrderFilter.step(poleHz, 2 * poleHz).apply(samples);
      poleHz *= 4;
    }
    return Waveform.of(samples).slice(RUN_UP, samples.length);
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
