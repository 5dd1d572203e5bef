package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The speech codec, and the telephone around it. */
class PoorPhoneTest {

  private static final Waveform HUM = Voices.hum(140, 1);

  private static Waveform applied(String effect, Waveform sound) {
    return EffectChain.parse(effect).apply(sound, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"amr:4.75", "amr:7.4", "amr:12.2"})
  void theVoiceComesThroughInTime(String effect) {
    Waveform heard = applied(effect, HUM);

    assertThat(heard.length()).isEqualTo(HUM.length());
    assertThat(Voices.decibels(heard)).isCloseTo(Voices.decibels(HUM), within(2.0));
    assertThat(Voices.fundamentalHz(heard)).isCloseTo(140, within(1.5));
    assertThat(delayOf(heard)).isCloseTo(0, within(4));
  }

  /** The shift, in samples, at which two sounds are most alike. */
  private static int delayOf(Waveform heard) {
    int best = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int shift = -50; shift <= 50; shift++) {
      double sum = 0;
      for (int i = 1000; i < HUM.length() - 1000; i++) {
        sum += (double) HUM.get(i) * heard.get(i + shift);
      }
      if (sum > greatest) {
        greatest = sum;
        best = shift;
      }
    }
    return best;
  }

  @Test
  void moreBitsAreNearer() {
    assertThat(Voices.decibels(Voices.difference(applied("amr:12.2", HUM), HUM)))
        .isLessThan(Voices.decibels(Voices.difference(applied("amr:4.75", HUM), HUM)));
  }

  @Test
  void theBandEndsAtFourKilohertz() {
    Waveform tone = Voices.tone(6000, 0.5);
    assertThat(Voices.decibels(applied("amr:7.4", tone))).isLessThan(Voices.decibels(tone) - 40);
  }

  @Test
  void aClipOfOneSampleIsTaken() {
    assertThat(applied("amr:7.4", Waveform.of(0.5f)).length()).isEqualTo(1);
    assertThat(applied("poor-phone", Waveform.of(0.5f)).length()).isEqualTo(1);
  }

  @Test
  void thereAreEightRates() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EffectChain.parse("amr:8"))
        .withMessageContaining("one of the rates [4.75, 5.15, 5.9, 6.7, 7.4, 7.95, 10.2, 12.2]");
  }

  @Test
  void thePoorPhoneKeepsLevelAndHisses() {
    Waveform heard = applied("poor-phone", HUM);

    assertThat(heard.length()).isEqualTo(HUM.length());
    assertThat(Voices.decibels(heard)).isCloseTo(Voices.decibels(HUM), within(1e-3));
    Waveform high = applied("highpass:6000+highpass:6000+highpass:6000+highpass:6000", heard);
    assertThat(Voices.decibels(high)).isBetween(-80.0, Voices.decibels(HUM) - 10);
    assertThat(heard).isNotEqualTo(EffectChain.parse("poor-phone").apply(HUM, 2));
  }

  @Test
  void silenceStaysSilent() {
    Waveform silence = Waveform.of(new float[2000]);
    assertThat(applied("poor-phone", silence)).isEqualTo(silence);
  }
}
