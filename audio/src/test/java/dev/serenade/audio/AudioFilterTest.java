package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudioFilterTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1023, 1024, 1025, 480_000})
  void theNullFilterChangesNothing(int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) Math.sin(i) * 1.5f;
    }
    Waveform sound = Waveform.of(samples);
    assertThat(AudioFilter.of("anull").apply(sound)).isEqualTo(sound);
  }

  @Test
  void filtersAreAppliedInTheirOrder() {
    Waveform sound = Waveform.of(0.25f, -0.5f);
    assertThat(AudioFilter.of("volume=2:precision=float,apad=whole_len=3").apply(sound))
        .isEqualTo(Waveform.of(0.5f, -1, 0));
  }

  @Test
  void otherRatesAndChannelsBecomeMonoAt16kHz() {
    Waveform sound = Waveform.of(new float[1600]);
    assertThat(AudioFilter.of("aresample=8000,pan=stereo|c0=c0|c1=c0").apply(sound).length())
        .isBetween(1560, 1640);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuchfilter", "atempo=1000000", "volume=loud", "anull,,"})
  void whatFFmpegRefusesIsNamed(String filters) {
    AudioFilter filter = AudioFilter.of(filters);
    Waveform sound = Waveform.of(1, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filter.apply(sound))
        .withMessageContaining("cannot apply the filters " + filters);
  }

  @Test
  void noSoundIsRefused() {
    AudioFilter filter = AudioFilter.of("anull");
    Waveform nothing = Waveform.of();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> filter.apply(nothing))
        .withMessageContaining("no samples");
  }
}
