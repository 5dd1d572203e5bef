package dev.serenade.audio.effect;

import dev.serenade.audio.AmrCoder;
import dev.serenade.audio.AudioFilter;
import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording through the codec of mobile telephones, AMR narrow band (3GPP TS 26.071): sampled
 * at 8 kHz, coded at so many kilobits a second, decoded, and brought to 16 kHz again.
 *
 * <p>Length stays; what is louder than full scale is clipped, as a codec takes 16-bit samples.
 *
 * @param kilobits a second: 4.75, 5.15, 5.9, 6.7, 7.4, 7.95, 10.2 or 12.2
 */
public record SpeechCodec(double kilobits) implements Effect {

  static final String NAME = "amr";

  private static final AudioFilter TO_8_KHZ =
      AudioFilter.of("aresample=8000:filter_size=64,asetrate=16000");
  private static final AudioFilter TO_16_KHZ =
      AudioFilter.of("asetrate=8000,aresample=16000:filter_size=64");

  /** Checks that there is such a rate. */
  public SpeechCodec {
    AmrCoder.requireRate(kilobits);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    Waveform narrow = TO_8_KHZ.apply(Lengths.withSilence(sound));
    Waveform decoded = Waveform.of(new AmrCoder(kilobits).code(narrow.toArray()));
    return Lengths.fit(TO_16_KHZ.apply(decoded), sound.length());
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, kilobits);
  }
}
