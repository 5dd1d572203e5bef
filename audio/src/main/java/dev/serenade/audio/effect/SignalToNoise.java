package dev.serenade.audio.effect;

import dev.serenade.audio.Waveform;

/**
 * Sound over other sound, at a stated ratio over the whole recording, pauses included:
 *
 * <pre>{@code
 * SNR = 10 log10 (sum_n x_n^2 / sum_n noise_n^2)
 * }</pre>
 */
public final class SignalToNoise {

  private SignalToNoise() {}

  /**
   * Returns a recording with noise that was scaled to a ratio. Where either is silent there is no
   * such ratio, and the recording stays as it is.
   *
   * @param noise as long as the recording
   * @param decibels the ratio
   */
  public static Waveform mix(Waveform sound, Waveform noise, double decibels) {
    if (noise.length() != sound.length()) {
      throw new IllegalArgumentException(
          "expected noise as long as the recording, %d samples, found %d"
              .formatted(sound.length(), noise.length()));
    }
    float[] samples = sound.toArray();
    double wanted = Level.energy(samples) / Math.pow(10, decibels / 10);
    double found = Level.energy(noise.toArray());
    if (wanted == 0 || found == 0) {
      return sound;
    }
    double factor = Math.sqrt(wanted / found);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (samples[i] + factor * noise.get(i));
    }
    return Waveform.of(samples);
  }
}
