package dev.serenade.audio.effect;

import dev.serenade.audio.AudioFilter;
import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording over a narrow-band telephone line: 300 to 3,400 Hz, sampled at 8 kHz.
 *
 * <p>The band is that of ITU-T G.712; here Butterworth filters of fourth order are 3 dB down at its
 * ends, and resampling leaves nothing above 4 kHz. Level, length and time stay; the line's
 * quantisation is left out.
 */
public record Telephone() implements Effect {

  static final String NAME = "telephone";

  /** Two second-order sections make a Butterworth filter of fourth order with these Q. */
  private static final AudioFilter LINE =
      AudioFilter.of(
          "highpass=f=300:width_type=q:w=0.541,highpass=f=300:width_type=q:w=1.307,"
              + "lowpass=f=3400:width_type=q:w=0.541,lowpass=f=3400:width_type=q:w=1.307,"
              + "aresample=8000:filter_size=64,aresample=16000:filter_size=64");

  @Override
  public Waveform apply(Waveform sound, Random random) {
    return Lengths.fit(LINE.apply(Lengths.withSilence(sound)), sound.length());
  }

  @Override
  public String toString() {
    return NAME;
  }
}
