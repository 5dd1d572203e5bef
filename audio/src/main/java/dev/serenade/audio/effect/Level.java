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

  /** Returns the size of the strongest sample. */
  static double peak(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  /** Returns sound whose strongest sample has size 1; silence stays silent. */
  static Waveform peakAt1(Waveform sound) {
    double peak = peak(sound.toArray());
    return peak == 0 ? sound : scaled(sound, 1 / peak);
  }

  /** Returns sound scaled to the energy of these samples; silence stays silent. */
  static Waveform as(Waveform sound, float[] samples) {
    double found = energy(sound.toArray());
    return found == 0 ? sound : scaled(sound, Math.sqrt(energy(samples) / found));
  }
}
