package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;

/** How strong sound is, and how it becomes stronger. */
final class Level {

  private Level() {}

  /** Returns the sum of the squared samples. */
  static double energy(float[] samples) {
    double energy = 0;
    for (float sample : samples) {
      energy += (double) sample * sample;
    }
    return energy;
  }

  static Waveform scaled(Waveform sound, double factor) {
    float[] samples = sound.toArray();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (samples[i] * factor);
    }
    return Waveform.of(samples);
  }
}
