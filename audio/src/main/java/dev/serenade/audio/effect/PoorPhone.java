package dev.serenade.audio.effect;

import dev.serenade.audio.AudioFilter;
import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording on a poor mobile telephone: its loud parts compressed, coded by {@link SpeechCodec
 * AMR} at 7.4 kbit/s, with hiss above 3 kHz.
 *
 * <p>In steps: brought to a peak of 1; compressed above -20 dB, 1.25 to 1, attack 10 ms, release 20
 * ms; coded; brought to a peak of 1; {@linkplain PinkNoise pink} noise of level -25 dB (its root
 * mean square) added after a high-pass filter of second order at 3 kHz; brought to the recording's
 * level. Length stays.
 *
 * <p>The steps of audEERING's low quality phone (arXiv:2312.06270).
 */
public record PoorPhone() implements Effect {

  static final String NAME = "poor-phone";

  private static final double KILOBITS = 7.4;
  private static final double HISS_DECIBELS = -25;
  private static final AudioFilter COMPRESSOR =
      AudioFilter.of("acompressor=threshold=0.1:ratio=1.25:attack=10:release=20:knee=1");
  private static final AudioFilter HISS = AudioFilter.of("highpass=f=3000");

  @Override
  public Waveform apply(Waveform sound, Random random) {
    Waveform compressed = Lengths.fit(COMPRESSOR.apply(Level.peakAt1(sound)), sound.length());
    Waveform coded =
        Level.peakAt1(new SpeechCodec(KILOBITS).apply(Level.peakAt1(compressed), random));
    Waveform hiss = hiss(sound.length(), random);
    float[] samples = coded.toArray();
    for (int i = 0; i < samples.length; i++) {
      samples[i] += hiss.get(i);
    }
    float[] dry = sound.toArray();
    return Level.energy(dry) == 0 ? sound : Level.as(Waveform.of(samples), dry);
  }

  private static Waveform hiss(int length, Random random) {
    Waveform noise = PinkNoise.noise(length, random);
    double level = Math.sqrt(Level.energy(noise.toArray()) / length);
    double factor = Math.pow(10, HISS_DECIBELS / 20) / level;
    return Lengths.fit(HISS.apply(Level.scaled(noise, factor)), length);
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public String toString() {
    return NAME;
  }
}
