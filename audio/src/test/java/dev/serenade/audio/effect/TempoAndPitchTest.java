package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.serenade.audio.Waveform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Speed, rate and pitch: how long the sound becomes, and how high. */
@Tag("slow")
class TempoAndPitchTest {

  /** The fundamental of a steady tone, by autocorrelation. */
  private static final double FUNDAMENTAL_PERCENT = 0.3;

  private static Waveform applied(String effect, Waveform sound) {
    return EffectChain.parse(effect).apply(sound, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "speed:0.5, 0.5, 0.5",
    "speed:0.9, 0.9, 0.9",
    "speed:1.1, 1.1, 1.1",
    "speed:1.0371, 1.0371, 1.0371",
    "speed:2, 2, 2",
    "rate:0.5, 0.5, 1",
    "rate:0.8, 0.8, 1",
    "rate:1.25, 1.25, 1",
    "rate:2, 2, 1",
    "pitch:-4, 1, 0.79370",
    "pitch:2, 1, 1.12246"
  })
  void tempoAndPitchChangeByTheirFactors(String effect, double tempo, double pitch) {
    Waveform sound = Voices.hum(150, 2);
    Waveform changed = applied(effect, sound);

    assertThat(changed.length()).isEqualTo((int) Math.round(sound.length() / tempo));
    assertThat(Voices.fundamentalHz(changed))
        .isCloseTo(150 * pitch, withinPercentage(FUNDAMENTAL_PERCENT));
    assertThat(Voices.decibels(changed)).isCloseTo(Voices.decibels(sound), within(0.3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"speed:0.9", "speed:1.1", "rate:0.8", "rate:1.25"})
  void theEndIsAsLoudAsTheMiddle(String effect) {
    Waveform changed = applied(effect, Voices.tone(440, 1));
    int tenth = changed.length() / 10;

    assertThat(Voices.decibels(changed.slice(changed.length() - tenth, changed.length())))
        .isCloseTo(Voices.decibels(changed.slice(4 * tenth, 5 * tenth)), within(1.0));
  }

  @Test
  void aHigherSpeedDoesNotAlias() {
    // 7.5 kHz would become 8.25 kHz, and fold back to 7.75 kHz.
    Waveform changed = applied("speed:1.1", Voices.tone(7500, 1));

    assertThat(Voices.decibels(changed.slice(1000, 10_000))).isLessThan(-80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"speed:0.7", "rate:1.3", "pitch:1", "telephone", "room", "trim", "pad:1"})
  void oneSampleIsEnough(String effect) {
    assertThat(applied(effect, Waveform.of(0.5f)).length()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"rate:0.8, 1", "rate:1.25, 1", "speed:0.9, 0.9", "pitch:3, 1.18921", "noise:20, 1"})
  void voicesChangeByTheFactorToo(String effect, double pitch) throws IOException {
    List<Double> ratios = new ArrayList<>();
    for (Waveform clip : Voices.clips(9)) {
      double before = Voices.fundamentalHz(clip);
      ratios.add(Voices.fundamentalHz(applied(effect, clip)) / before);
    }
    double median = ratios.stream().sorted().skip(ratios.size() / 2).findFirst().orElseThrow();
    assertThat(median).isCloseTo(pitch, withinPercentage(1));
  }
}
