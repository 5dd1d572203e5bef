package dev.serenade.audio.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelephoneTest {

  private static Waveform called(Waveform sound) {
    return new Telephone().apply(sound, new Random(0));
  }

  @ParameterizedTest
  @CsvSource({
    "50, -200, -50",
    "150, -30, -20",
    "300, -3.5, -2.5",
    "500, -1, 0.2",
    "1000, -0.2, 0.2",
    "2500, -1.5, 0.2",
    "3400, -4.5, -2.5",
    "5000, -200, -70"
  })
  void toneIsAttenuatedBetween(double frequencyHz, double lowest, double highest) {
    Waveform tone = Voices.tone(frequencyHz, 1);
    Waveform changed = called(tone).slice(4000, 12_000);

    assertThat(Voices.decibels(changed) - Voices.decibels(tone)).isBetween(lowest, highest);
  }

  @Test
  void timeStays() {
    float[] click = new float[8000];
    click[4000] = 1;
    float[] heard = called(Waveform.of(click)).toArray();
    int loudest = 0;
    for (int i = 0; i < heard.length; i++) {
      loudest = Math.abs(heard[i]) > Math.abs(heard[loudest]) ? i : loudest;
    }
    assertThat(heard).hasSize(8000);
    // Filters of fourth order ring for a moment: 1 ms.
    assertThat(loudest).isCloseTo(4000, within(16));
  }
}
