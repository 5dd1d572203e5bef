package dev.serenade.audio.effect;

import dev.serenade.audio.AudioFilter;
import dev.serenade.audio.Waveform;
import java.util.Random;

/**
 * The recording played faster or slower, as a tape is: tempo, pitch and formants together.
 *
 * <p>x'(t) = x(factor t), by resampling. Lasts 1 / factor as long. What a lower speed leaves empty
 * below 8 kHz stays empty; what a higher one would bring above it is filtered out.
 *
 * <p>Ko, Peddinti, Povey and Khudanpur, "Audio augmentation for speech recognition", Interspeech
 * 2015, with 0.9 and 1.1.
 *
 * @param factor from 0.5 to 2
 */
public record Speed(double factor) implements Effect {

  static final String NAME = "speed";

  /** As steep as the decoder's: nothing aliases back above -80 dB. */
  private static final String RESAMPLING =
      "filter_size=192:cutoff=0.97:filter_type=kaiser:kaiser_beta=9:phase_shift=10:linear_interp=1";

  /** Checks the range. */
  public Speed {
    EffectText.requireIn(0.5, 2, "a factor", NAME, factor);
  }

  @Override
  public Waveform apply(Waveform sound, Random random) {
    int length = (int) Math.max(1, Math.round(sound.length() / factor));
    long rateHz = Math.round(Waveform.SAMPLE_RATE_HZ * factor);
    String filters =
        "asetrate=%d,aresample=%d:%s".formatted(rateHz, Waveform.SAMPLE_RATE_HZ, RESAMPLING);
    return Lengths.fit(AudioFilter.of(filters).apply(Lengths.withSilence(sound)), length);
  }

  @Override
  public String toString() {
    return EffectText.of(NAME, factor);
  }
}
