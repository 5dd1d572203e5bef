package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiltTest {

  private static final int CENTRE = 2000;

  /** What becomes of an impulse, whose level the effect keeps, at one frequency. */
  private static double gain(double amount, double frequencyHz) {
    float[] click = new float[2 * CENTRE + 1];
    click[CENTRE] = 1;
    Waveform heard = new Tilt(amount).apply(Waveform.of(click), new Random(0));
    double sum = 0;
    for (int i = 0; i < heard.length(); i++) {
      sum +=
          heard.get(i)
              * Math.cos(2 * Math.PI * frequencyHz * (i - CENTRE) / Waveform.SAMPLE_RATE_HZ);
    }
    return sum;
  }

  private static double line(double amount, double frequencyHz) {
    double part = frequencyHz / 8000;
    return amount > 0 ? 1 - amount + amount * part : 1 + amount * part;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -0.5, 0, 0.3, 1})
  void theSpectrumIsTimesAStraightLine(double amount) {
    double scale = gain(amount, 4000) / line(amount, 4000);
    for (double frequencyHz : new double[] {100, 500, 1000, 3000, 5500, 7000, 7900}) {
      assertThat(gain(amount, frequencyHz) / scale)
          .isCloseTo(line(amount, frequencyHz), within(2e-3));
    }
  }

  @Test
  void publishedGainsAreMet() {
    // audEERING's impulse responses, in dB less that at 4 kHz, read off their Fourier transforms.
    assertThat(decibels(1, 2000)).isCloseTo(-6.0, within(0.1));
    assertThat(decibels(1, 1000)).isCloseTo(-12.0, within(0.1));
    assertThat(decibels(1, 7000)).isCloseTo(4.9, within(0.1));
    assertThat(decibels(-1, 1000)).isCloseTo(6.0 - 1.2, within(0.1));
    assertThat(decibels(-1, 6000)).isCloseTo(6.0 - 12.1, within(0.1));
  }

  private static double decibels(double amount, double frequencyHz) {
    return 20 * Math.log10(gain(amount, frequencyHz) / gain(amount, 4000));
  }

  @Test
  void levelLengthAndTimeStay() {
    Waveform hum = Voices.hum(140, 1);
    for (double amount : new double[] {-1, 1}) {
      Waveform heard = new Tilt(amount).apply(hum, new Random(0));
      assertThat(heard.length()).isEqualTo(hum.length());
      assertThat(Voices.decibels(heard)).isCloseTo(Voices.decibels(hum), within(1e-3));
    }
    assertThat(new Tilt(0).apply(hum, new Random(0))).isEqualTo(hum);
  }
}
