package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tone, zeros, cropping, clipping and first-order filters. */
class SmallChangesTest {

  private static final Waveform HUM = Voices.hum(130, 1);

  private static Waveform applied(String effect, Waveform sound) {
    return EffectChain.parse(effect).apply(sound, 3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 40, 45, 50})
  void theToneLiesSoFarBelowThePeak(double decibels) {
    Waveform tone = Voices.difference(applied("tone:" + decibels, HUM), HUM);
    double peak = Level.peak(HUM.toArray());

    // A sinusoid's mean power is half its amplitude squared.
    assertThat(Voices.decibels(tone) + 10 * Math.log10(2))
        .isCloseTo(20 * Math.log10(peak) - decibels, within(0.01));
  }

  @Test
  void theToneIsTooHighForSpeech() {
    for (int seed = 0; seed < 20; seed++) {
      Waveform tone = Voices.difference(new Tone(10).apply(HUM, new Random(seed)), HUM);
      int crossings = 0;
      for (int i = 1; i < tone.length(); i++) {
        crossings += tone.get(i - 1) < 0 != tone.get(i) < 0 ? 1 : 0;
      }
      assertThat(crossings / 2.0).isBetween(4990.0, 7010.0);
    }
  }

  @Test
  void zerosComeBeforeOrAfter() {
    assertThat(applied("prepend:0.0625", HUM).slice(1000, 17_000)).isEqualTo(HUM);
    assertThat(applied("prepend:0.0625", HUM).slice(0, 1000)).isEqualTo(silence(1000));
    assertThat(applied("append:0.0625", HUM).slice(0, 16_000)).isEqualTo(HUM);
    assertThat(applied("append:0.0625", HUM).slice(16_000, 17_000)).isEqualTo(silence(1000));
  }

  private static Waveform silence(int length) {
    return Waveform.of(new float[length]);
  }

  @Test
  void croppingUndoesZeros() {
    assertThat(applied("prepend:0.03125+crop-start:0.03125", HUM)).isEqualTo(HUM);
    assertThat(applied("append:0.00625+crop-end:0.00625", HUM)).isEqualTo(HUM);
  }

  @Test
  void somethingIsLeftOfTheShortestClip() {
    Waveform short2 = Waveform.of(0.1f, 0.2f);
    assertThat(applied("crop-start:1", short2)).isEqualTo(Waveform.of(0.2f));
    assertThat(applied("crop-end:1", short2)).isEqualTo(Waveform.of(0.1f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 1, 20})
  void soManyOfTheSamplesAreClipped(double percent) {
    Waveform noise = applied("noise:-20", HUM);
    Waveform clipped = applied("clip:" + percent, noise);
    double peak = Level.peak(clipped.toArray());
    int changed = 0;
    for (int i = 0; i < noise.length(); i++) {
      boolean beyond = Math.abs(noise.get(i)) > peak;
      changed += beyond ? 1 : 0;
      assertThat(clipped.get(i))
          .isEqualTo(beyond ? (float) Math.copySign(peak, noise.get(i)) : noise.get(i));
    }
    assertThat(changed).isEqualTo((int) Math.round(percent * 160));
  }

  @Test
  void clippingNothingChangesNothing() {
    assertThat(applied("clip:0", HUM)).isEqualTo(HUM);
    assertThat(applied("clip:50", silence(10))).isEqualTo(silence(10));
  }

  @ParameterizedTest
  @CsvSource({
    // 10 log10 (1 / (1 + (corner / f)^2)), warped by the bilinear transform: hardly, this low.
    "highpass:100, 100, -3.01",
    "highpass:100, 25, -12.3",
    "highpass:100, 50, -6.99",
    "highpass:100, 1000, -0.04",
    // f -> tan(pi f / 16000): 3 dB down at the corner exactly.
    "lowpass:7000, 7000, -3.01",
    "lowpass:6500, 6500, -3.01",
    "lowpass:7000, 1000, -0.01",
    "lowpass:7000, 7500, -7.0",
    "lowpass:1000, 1000, -3.01",
    "lowpass:1000, 2000, -7.3"
  })
  void aToneIsWeakenedBySoMuch(String effect, double frequencyHz, double decibels) {
    Waveform tone = Voices.tone(frequencyHz, 1);
    Waveform filtered = applied(effect, tone);

    assertThat(
            Voices.decibels(filtered.slice(4000, 12_000))
                - Voices.decibels(tone.slice(4000, 12_000)))
        .isCloseTo(decibels, within(0.1));
    assertThat(filtered.length()).isEqualTo(tone.length());
  }
}
