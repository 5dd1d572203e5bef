package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * Made-up music under the recording, at a stated {@linkplain SignalToNoise ratio}: a bass note and
 * a triad on each beat, in the chords I, V, vi, IV of a major key.
 *
 * <p>Key, tempo (90 to 150 beats a minute), order of the chords and place in the bar are drawn for
 * each recording. A note is a plucked string, roughly: six harmonics of strength 1/k that die away
 * with a time constant of 0.4 s / k. No recording of music is needed, and none sounds quite so.
 *
 * @param decibels the ratio, from -20 to 60
 */
public record Music(double decibels) implements Effect {

  static final String NAME = "music";

  private static final int[][] CHORDS = {{0, 4, 7}, {7, 11, 14}, {9, 12, 16}, {5, 9, 12}};
  private static final double LOWEST_KEY_HZ = 196;
  private static final int SEMITONES = 12;
  private static final int BEATS_OF_A_CHORD = 2;
  private static final int HARMONICS = 6;
  private static final double DECAY_SECONDS = 0.4;
  private static final double SOUNDING_SECONDS = 1.6;

  /** Checks the range. */
  public Music {
    EffectText.requireIn(-20, 60, "decibels", NAME, decibels);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    return SignalToNoise.mix(sound, music(sound.length(), random), decibels);
  }

  private static Waveform music(int length, Random random) {
    double keyHz = LOWEST_KEY_HZ * Math.pow(2, random.nextInt(SEMITONES) / (double) SEMITONES);
    int beat = (int) (Waveform.SAMPLE_RATE_HZ * 60 / (90 + 60 * random.nextDouble()));
    int chord = random.nextInt(CHORDS.length);
    float[] samples = new float[length];
    int count = 0;
    // The music has been on for a while when the recording begins.
    for (int start = -beat - random.nextInt(beat); start < length; start += beat) {
      int[] semitones = CHORDS[(chord + count / BEATS_OF_A_CHORD) % CHORDS.length];
      pluck(samples, start, keyHz * Math.pow(2, (semitones[0] - SEMITONES) / 12.0), 1.5);
      for (int semitone : semitones) {
        pluck(samples, start, keyHz * Math.pow(2, semitone / 12.0), 0.5 + random.nextDouble());
      }
      count++;
    }
    return Waveform.of(samples);
  }

  private static void pluck(float[] samples, int start, double frequencyHz, double strength) {
    int end = Math.min(samples.length, start + (int) (SOUNDING_SECONDS * Waveform.SAMPLE_RATE_HZ));
    for (int k = 1; k <= HARMONICS && k * frequencyHz < Waveform.SAMPLE_RATE_HZ / 2.0; k++) {
      // A sinusoid that dies away is a complex number times the same one at each step.
      double decay = Math.exp(-k / (DECAY_SECONDS * Waveform.SAMPLE_RATE_HZ));
      double turn = 2 * Math.PI * k * frequencyHz / Waveform.SAMPLE_RATE_HZ;
      double realStep = decay * Math.cos(turn);
      double imaginaryStep = decay * Math.sin(turn);
      double real = strength / k;
      double imaginary = 0;
      for (int i = start; i < end; i++) {
        if (i >= 0) {
          samples[i] += (float) imaginary;
        }
        double next = real * realStep - imaginary * imaginaryStep;
        imaginary = real * imaginaryStep + imaginary * realStep;
        real = next;
      }
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
