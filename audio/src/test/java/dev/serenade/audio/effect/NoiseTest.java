package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {

  private static final Waveform HUM = Voices.hum(120, 1);

  private static Waveform noisy(Waveform sound, double decibels, long seed) {
    return new Noise(decibels).apply(sound, new Random(seed));
  }

  private static double signalToNoise(Waveform clean, Waveform noisy) {
    return Voices.decibels(clean) - Voices.decibels(Voices.difference(noisy, clean));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-20, -3, 0, 12.5, 20, 60})
  void theRatioIsAsStated(double decibels) {
    // Samples are rounded to 24 bits, which is noise of its own far below the loudest ratio.
    assertThat(signalToNoise(HUM, noisy(HUM, decibels, 1))).isCloseTo(decibels, within(1e-3));
  }

  @Test
  void theRatioIsAsStatedForVoices() throws IOException {
    List<Waveform> clips = new ArrayList<>(Voices.clips(9));
    assertThat(clips)
        .allSatisfy(
            clip ->
                assertThat(signalToNoise(clip, noisy(clip, 20, 3))).isCloseTo(20, within(1e-3)));
  }

  @Test
  void theNoiseIsWhite() {
    Waveform noise = Voices.difference(noisy(HUM, 0, 5), HUM);
    double sum = 0;
    for (int i = 1; i < noise.length(); i++) {
      sum += (double) noise.get(i) * noise.get(i - 1);
    }
    // Four standard deviations of the correlation of neighbours that have nothing in common.
    assertThat(sum / Level.energy(noise.toArray()))
        .isCloseTo(0, within(4 / Math.sqrt(noise.length())));
  }

  @Test
  void sameSeedSameNoise() {
    assertThat(noisy(HUM, 10, 7)).isEqualTo(noisy(HUM, 10, 7)).isNotEqualTo(noisy(HUM, 10, 8));
  }

  @Test
  void zerosStayZeros() {
    Waveform silence = Waveform.of(new float[100]);
    assertThat(noisy(silence, 10, 1)).isEqualTo(silence);
  }
}
