package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * One burst like a cough, at a random place in the recording, at a stated {@linkplain SignalToNoise
 * ratio}.
 *
 * <p>A burst of 0.3 to 0.5 s has the three phases of a cough: an explosion of noise with an attack
 * of 5 ms that falls by 1/e in 40 ms, a steady stream of noise, and a voiced end. Noise and voice
 * are filtered to some 300 to 3,000 Hz. It is made up: no recording of a cough is needed.
 *
 * <p>The phases are those of Korpáš, Sadloňová and Vrabec, "Analysis of the cough sound: an
 * overview", Pulmonary Pharmacology 9, 1996.
 *
 * @param decibels the ratio over the whole recording, from -20 to 60; while it lasts, a burst is
 *     the louder the longer the recording
 */
public record Cough(double decibels) implements Effect {

  static final String NAME = "cough";

  private static final double SHORTEST_SECONDS = 0.3;
  private static final double LONGEST_SECONDS = 0.5;

  /** Checks the range. */
  public Cough {
    EffectText.requireIn(-20, 60, "decibels", NAME, decibels);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    float[] burst = burst(random);
    float[] noise = new float[sound.length()];
    int start = random.nextInt(Math.max(1, noise.length - burst.length / 2));
    System.arraycopy(burst, 0, noise, start, Math.min(burst.length, noise.length - start));
    return SignalToNoise.mix(sound, Waveform.of(noise), decibels);
  }

  private static float[] burst(Random random) {
    double duration = SHORTEST_SECONDS + random.nextDouble() * (LONGEST_SECONDS - SHORTEST_SECONDS);
    double voiceHz = 150 + 150 * random.nextDouble();
    float[] samples = new float[(int) (duration * Waveform.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      double seconds = (double) i / Waveform.SAMPLE_RATE_HZ;
      double part = seconds / duration;
      double explosion = Math.min(1, seconds / 0.005) * Math.exp(-seconds / 0.04);
      double stream = 0.25 * Math.sin(Math.PI * part);
      double voice = part < 0.6 ? 0 : 0.4 * Math.sin(Math.PI * (part - 0.6) / 0.4);
      samples[i] =
          (float)
              ((explosion + stream) * random.nextGaussian() + voice * sawtooth(voiceHz * seconds));
    }
    FirstOrderFilter.highPass(300).apply(samples);
    FirstOrderFilter.lowPass(3000).apply(samples);
    FirstOrderFilter.lowPass(3000).apply(samples);
    return samples;
  }

  private static double sawtooth(double turns) {
    return 2 * (turns - Math.floor(turns)) - 1;
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
