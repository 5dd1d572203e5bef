package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.serenade.audio.Waveform;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomTest {

  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;

  private static float[] echoesOfClick(double reverberationSeconds) {
    float[] click = new float[2 * RATE_HZ];
    click[0] = 1;
    return new Room(reverberationSeconds).apply(Waveform.of(click), new Random(1)).toArray();
  }

  @Test
  void echoesAreAsStrongAsTheDirectSound() {
    float[] heard = echoesOfClick(0.4);
    double direct = heard[0] * heard[0];

    assertThat(Level.energy(heard) - direct).isCloseTo(direct, withinPercentage(0.1));
    assertThat(heard[RATE_HZ / 1000]).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.4, 1, 1.5})
  void echoesFallBySixtyDecibelsInTheirTime(double reverberationSeconds) {
    float[] heard = echoesOfClick(reverberationSeconds);
    heard[0] = 0;
    // Schroeder's backward integral, from 5 to 25 dB down: a third of the way to 60.
    double total = Level.energy(heard);
    double left = total;
    int at5 = 0;
    int at25 = 0;
    for (int i = 0; i < heard.length && at25 == 0; i++) {
      left -= (double) heard[i] * heard[i];
      at5 = at5 == 0 && left < total * Math.pow(10, -0.5) ? i : at5;
      at25 = left < total * Math.pow(10, -2.5) ? i : 0;
    }
    assertThat(3.0 * (at25 - at5) / RATE_HZ).isCloseTo(reverberationSeconds, withinPercentage(5));
  }

  @Test
  void levelAndLengthStay() {
    Waveform hum = Voices.hum(140, 1);
    Waveform heard = new Room(0.6).apply(hum, new Random(2));

    assertThat(heard.length()).isEqualTo(hum.length());
    assertThat(Voices.decibels(heard)).isCloseTo(Voices.decibels(hum), within(1e-3));
    assertThat(heard).isNotEqualTo(hum);
  }

  @Test
  void silenceStaysSilent() {
    Waveform silence = Waveform.of(new float[100]);
    assertThat(new Room(0.4).apply(silence, new Random(3))).isEqualTo(silence);
  }
}
