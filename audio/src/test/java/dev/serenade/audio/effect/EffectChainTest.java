package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffectChainTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speed:0.9",
        "rate:1.1",
        "pitch:-2.5",
        "gain:-6",
        "noise:20",
        "telephone",
        "room:0.4",
        "pad:0.5",
        "trim:40",
        "tone:45",
        "prepend:0.03125",
        "append:0.00625",
        "crop-start:0.0625",
        "crop-end:0.0625",
        "clip:0.2",
        "highpass:100",
        "lowpass:7000",
        "tilt:-0.5",
        "pink:20",
        "babble:20",
        "music:20",
        "cough:10",
        "amr:7.4",
        "poor-phone",
        "room:0.6+telephone+noise:15"
      })
  void textIsReadAndWrittenTheSame(String text) {
    assertThat(EffectChain.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({
    "speed:0.90, speed:0.9",
    "gain:+6, gain:6",
    "gain:+6+noise:+2e1, gain:6+noise:20",
    "gain:-0.0, gain:0",
    "room, room:0.4",
    "trim+pad:1.0, trim:40+pad:1"
  })
  void equalChainsAreSpelledAlike(String text, String spelling) {
    EffectChain chain = EffectChain.parse(text);
    assertThat(chain).hasToString(spelling).isEqualTo(EffectChain.parse(spelling));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loud | expected telephone, poor-phone or one of speed, rate, pitch, gain, noise, room, pad, trim, tone, prepend, append, crop-start, crop-end, clip, highpass, lowpass, tilt, pink, babble, music, cough, amr with its amount, such as speed:0.9; found loud",
        "telephone:3 | found telephone:3",
        "speed | speed: expected an amount, as in speed:0.9",
        "speed: | speed:: expected a number after the colon, found ''",
        "noise:loud | noise:loud: expected a number after the colon, found 'loud'",
        "speed:2.1 | speed: expected a factor from 0.5 to 2, found 2.1",
        "rate:0 | rate: expected a factor from 0.5 to 2, found 0.0",
        "pitch:13 | pitch: expected semitones from -12 to 12, found 13.0",
        "gain:99 | gain: expected decibels from -40 to 40, found 99.0",
        "noise:61 | noise: expected decibels from -20 to 60, found 61.0",
        "noise:NaN | noise:NaN: expected a number",
        "room:0 | room: expected seconds from 0.1 to 1.5, found 0.0",
        "pad:-1 | pad: expected seconds from 0 to 5, found -1.0",
        "trim:3 | trim: expected decibels from 10 to 80, found 3.0",
        "room+ | found",
        "room,noise:3 | found room,noise:3",
      })
  void badTextIsRefused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EffectChain.parse(text))
        .withMessageContaining(message.strip());
  }

  @Test
  void anEmptyChainIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EffectChain(List.of()));
  }

  @Test
  void gainIsInDecibelsAndDoesNotClip() {
    Waveform sound = Waveform.of(0.5f, -1);
    assertThat(EffectChain.parse("gain:20").apply(sound, 0)).isEqualTo(Waveform.of(5, -10));
    assertThat(Voices.decibels(EffectChain.parse("gain:-6").apply(sound, 0)))
        .isCloseTo(Voices.decibels(sound) - 6, within(1e-6));
  }

  @Test
  void effectsHappenInTheirOrder() {
    Waveform tone = Voices.tone(500, 0.5);
    Waveform gainFirst = EffectChain.parse("gain:-20+noise:10").apply(tone, 1);
    Waveform noiseFirst = EffectChain.parse("noise:10+gain:-20").apply(tone, 1);

    // Both are 20 dB softer; padding before the noise fills the pad with noise, after it does not.
    assertThat(Voices.decibels(gainFirst)).isCloseTo(Voices.decibels(noiseFirst), within(0.01));
    assertThat(EffectChain.parse("pad:0.1+noise:10").apply(tone, 1).get(0)).isNotZero();
    assertThat(EffectChain.parse("noise:10+pad:0.1").apply(tone, 1).get(0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "noise:10",
        "room",
        "room+noise:10",
        "speed:0.9+noise:5",
        "tone:10",
        "pink:10",
        "babble:10",
        "music:10",
        "cough:10",
        "poor-phone"
      })
  void chanceComesFromTheSeedAlone(String text) {
    Waveform tone = Voices.tone(500, 0.5);
    EffectChain chain = EffectChain.parse(text);

    assertThat(chain.isRandom()).isTrue();
    assertThat(chain.apply(tone, 4))
        .isEqualTo(chain.apply(tone, 4))
        .isNotEqualTo(chain.apply(tone, 5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speed:0.9",
        "rate:1.1",
        "pitch:-2",
        "gain:6",
        "telephone",
        "pad:0.5",
        "trim:40",
        "prepend:0.1",
        "crop-end:0.1",
        "clip:1",
        "highpass:100",
        "lowpass:7000",
        "tilt:1",
        "amr:12.2",
        "speed:1.1+telephone+trim"
      })
  void whatLeavesNothingToChanceIsTheSameForEverySeed(String text) {
    Waveform tone = Voices.tone(500, 0.5);
    EffectChain chain = EffectChain.parse(text);

    assertThat(chain.isRandom()).isFalse();
    assertThat(chain.apply(tone, 4)).isEqualTo(chain.apply(tone, 5));
  }
}
