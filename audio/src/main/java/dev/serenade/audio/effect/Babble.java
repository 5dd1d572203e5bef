package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * Made-up voices that talk all at once behind the recording, at a stated {@linkplain SignalToNoise
 * ratio}: four to seven, each of another pitch.
 *
 * <p>A voice is a row of syllables of 0.12 to 0.3 s with pauses between some. Four in five are
 * voiced, a pulse train whose pitch glides, the others are noise; all go through three resonances,
 * drawn anew for each syllable from where vowels have their formants: 300 to 800, 900 to 2,300 and
 * 2,400 to 3,000 Hz. Nothing is said, and no recording of a voice is needed. For babble of real
 * voices mix some with {@link SignalToNoise}.
 *
 * @param decibels the ratio, from -20 to 60
 */
public record Babble(double decibels) implements Effect {

  static final String NAME = "babble";

  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;
  private static final int FEWEST_VOICES = 4;
  private static final int MOST_VOICES = 7;
  private static final double[][] FORMANTS_HZ = {{300, 800}, {900, 2300}, {2400, 3000}};
  private static final double[] BANDWIDTHS_HZ = {80, 120, 160};

  /** Checks the range. */
  public Babble {
    EffectText.requireIn(-20, 60, "decibels", NAME, decibels);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    float[] sum = new float[sound.length()];
    int voices = FEWEST_VOICES + random.nextInt(MOST_VOICES - FEWEST_VOICES + 1);
    for (int v = 0; v < voices; v++) {
      float[] voice = voice(sum.length, random);
      double scale = 1 / Math.sqrt(Level.energy(voice) + Double.MIN_NORMAL);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += (float) (scale * voice[i]);
      }
    }
    return SignalToNoise.mix(sound, Waveform.of(sum), decibels);
  }

  private static float[] voice(int length, Random random) {
    float[] samples = new float[length];
    double pitchHz = 90 + 160 * random.nextDouble();
    // Each begins in the middle of something.
    int start = -random.nextInt(RATE_HZ / 4);
    while (start < length) {
      float[] syllable = syllable(pitchHz, random);
      for (int i = Math.max(0, -start); i < syllable.length && start + i < length; i++) {
        samples[start + i] += syllable[i];
      }
      double pause = random.nextInt(4) == 0 ? 0.2 * random.nextDouble() : 0;
      start += syllable.length + (int) (pause * RATE_HZ);
    }
    return samples;
  }

  private static float[] syllable(double pitchHz, Random random) {
    float[] samples = new float[(int) ((0.12 + 0.18 * random.nextDouble()) * RATE_HZ)];
    boolean voiced = random.nextInt(5) > 0;
    double from = pitchHz * Math.pow(2, random.nextDouble() / 2 - 0.25);
    double to = pitchHz * Math.pow(2, random.nextDouble() / 2 - 0.25);
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      double part = (double) i / samples.length;
      phase += (from + part * (to - from)) / RATE_HZ;
      double source = voiced ? 0 : 0.05 * random.nextGaussian();
      if (phase >= 1) {
        phase -= 1;
        source += voiced ? 1 : 0;
      }
      samples[i] = (float) (source * Math.sin(Math.PI * part));
    }
    for (int f = 0; f < FORMANTS_HZ.length; f++) {
      double low = FORMANTS_HZ[f][0];
      double high = FORMANTS_HZ[f][1];
      resonate(samples, low + random.nextDouble() * (high - low), BANDWIDTHS_HZ[f]);
    }
    return samples;
  }

  /** A resonance of second order; its gain at 0 Hz is 1. */
  private static void resonate(float[] samples, double frequencyHz, double bandwidthHz) {
    double radius = Math.exp(-Math.PI * bandwidthHz / RATE_HZ);
    double a1 = -2 * radius * Math.cos(2 * Math.PI * frequencyHz / RATE_HZ);
    double a2 = radius * radius;
    double gain = 1 + a1 + a2;
    double before = 0;
    double earlier = 0;
    for (int i = 0; i < samples.length; i++) {
      double out = gain * samples[i] - a1 * before - a2 * earlier;
      earlier = before;
      before = out;
      samples[i] = (float) out;
    }
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
