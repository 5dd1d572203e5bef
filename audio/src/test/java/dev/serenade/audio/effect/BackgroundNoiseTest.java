package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pink noise, babble, music and coughs. */
class BackgroundNoiseTest {

  private static final Waveform HUM = Voices.hum(130, 2);

  private static Waveform noise(String effect, Waveform sound, long seed) {
    return Voices.difference(EffectChain.parse(effect).apply(sound, seed), sound);
  }

  @ParameterizedTest
  @CsvSource({"pink, 20", "babble, 20", "music, 20", "cough, 10", "babble, -5", "cough, 30"})
  void theRatioIsAsStated(String effect, double decibels) {
    for (int seed = 0; seed < 8; seed++) {
      Waveform noise = noise(effect + ":" + decibels, HUM, seed);
      assertThat(Voices.decibels(HUM) - Voices.decibels(noise)).isCloseTo(decibels, within(1e-2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pink:20", "babble:20", "music:20", "cough:10"})
  void silenceStaysSilentAndShortClipsAreTaken(String effect) {
    Waveform silence = Waveform.of(new float[300]);
    assertThat(EffectChain.parse(effect).apply(silence, 1)).isEqualTo(silence);
    assertThat(EffectChain.parse(effect).apply(Voices.tone(300, 0.02), 1).length()).isEqualTo(320);
  }

  @Test
  void pinkNoiseFallsByThreeDecibelsAnOctave() {
    Waveform noise = PinkNoise.noise(40 * Waveform.SAMPLE_RATE_HZ, new Random(2));
    double before = octaveDecibels(noise, 62.5);
    for (double centreHz = 125; centreHz <= 4000; centreHz *= 2) {
      // Equal power in every octave. 40 s leave 0.2 dB to chance.
      double now = octaveDecibels(noise, centreHz);
      assertThat(now - before).as("octave at %s Hz", centreHz).isCloseTo(0, within(1.0));
      before = now;
    }
  }

  /** The power in an octave: a sum over lines of a discrete Fourier transform, one a hertz. */
  private static double octaveDecibels(Waveform noise, double centreHz) {
    int length = Waveform.SAMPLE_RATE_HZ;
    int seconds = noise.length() / length;
    int from = (int) Math.ceil(centreHz / Math.sqrt(2));
    int to = (int) (centreHz * Math.sqrt(2));
    int step = Math.max(1, (to - from) / 40);
    double power = 0;
    for (int hertz = from; hertz < to; hertz += step) {
      for (int second = 0; second < seconds; second++) {
        power += step * linePower(noise, second * length, length, hertz);
      }
    }
    return 10 * Math.log10(power);
  }

  private static double linePower(Waveform noise, int from, int length, int hertz) {
    double turn = 2 * Math.PI * hertz / length;
    double twiceCosine = 2 * Math.cos(turn);
    double before = 0;
    double earlier = 0;
    for (int i = 0; i < length; i++) {
      double now = noise.get(from + i) + twiceCosine * before - earlier;
      earlier = before;
      before = now;
    }
    return before * before + earlier * earlier - twiceCosine * before * earlier;
  }

  @Test
  void aCoughIsShort() {
    for (int seed = 0; seed < 20; seed++) {
      Waveform noise = noise("cough:10", HUM, seed);
      int first = 0;
      while (noise.get(first) == 0) {
        first++;
      }
      int last = noise.length() - 1;
      while (noise.get(last) == 0) {
        last--;
      }
      assertThat((last - first) / (double) Waveform.SAMPLE_RATE_HZ).isBetween(0.14, 0.51);
    }
  }

  @Test
  void babbleAndMusicLastThroughout() {
    for (String effect : new String[] {"babble:0", "music:0"}) {
      Waveform noise = noise(effect, HUM, 5);
      double whole = Voices.decibels(noise);
      for (int start = 0; start < noise.length(); start += 8000) {
        assertThat(Voices.decibels(noise.slice(start, start + 8000)))
            .as("%s from sample %d", effect, start)
            .isCloseTo(whole, within(6.0));
      }
    }
  }

  @Test
  void noiseOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SignalToNoise.mix(HUM, Voices.tone(300, 1), 10))
        .withMessageContaining("32000 samples, found 16000");
  }
}
