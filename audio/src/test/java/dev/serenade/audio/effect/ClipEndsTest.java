package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.audio.Waveform;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pad and trim: silence at the ends of a clip. */
class ClipEndsTest {

  private static final Waveform TONE = Voices.tone(400, 0.5);

  private static Waveform padded(double seconds) {
    return new Pad(seconds).apply(TONE, new Random(0));
  }

  private static Waveform trimmed(double decibels, Waveform sound) {
    return new Trim(decibels).apply(sound, new Random(0));
  }

  @Test
  void paddingIsSilenceAtBothEnds() {
    Waveform padded = padded(0.25);

    assertThat(padded.length()).isEqualTo(TONE.length() + 8000);
    assertThat(padded.slice(0, 4000)).isEqualTo(Waveform.of(new float[4000]));
    assertThat(padded.slice(4000, 12_000)).isEqualTo(TONE);
    assertThat(padded.slice(12_000, 16_000)).isEqualTo(Waveform.of(new float[4000]));
  }

  @Test
  void trimmingTakesPaddingAway() {
    assertThat(trimmed(40, padded(0.3))).isEqualTo(TONE);
  }

  @Test
  void onlyWhatIsSoftEnoughIsTrimmed() {
    float[] samples = new float[4800];
    for (int i = 0; i < samples.length; i++) {
      // Five pieces of 60 ms; the first, third and last are 34 dB softer.
      samples[i] = i / 960 % 2 == 0 ? 0.02f : 1;
    }
    Waveform sound = Waveform.of(samples);

    assertThat(trimmed(40, sound)).isEqualTo(sound);
    assertThat(trimmed(30, sound)).isEqualTo(sound.slice(960, 3840));
  }

  @Test
  void zerosAreNotTrimmed() {
    Waveform silence = Waveform.of(new float[500]);
    assertThat(trimmed(40, silence)).isEqualTo(silence);
  }
}
