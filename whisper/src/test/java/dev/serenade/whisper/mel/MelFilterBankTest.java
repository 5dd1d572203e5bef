package dev.serenade.whisper.mel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MelFilterBankTest {

  private static final double EXACT = 1e-9;

  /**
   * Points that follow from the scale's definition: 3 Mel to 200 Hz, then 27 Mel to a factor 6.4.
   */
  @ParameterizedTest
  @CsvSource({"0, 0", "200, 3", "500, 7.5", "1000, 15", "6400, 42", "40960, 69"})
  void scaleIsSlaneys(double hertz, double mel) {
    assertThat(MelFilterBank.mel(hertz)).isCloseTo(mel, within(EXACT));
    assertThat(MelFilterBank.hertz(mel)).isCloseTo(hertz, within(EXACT));
  }

  @Test
  void hertzUndoesMel() {
    for (double hertz = 0; hertz <= 8000; hertz += 12.5) {
      assertThat(MelFilterBank.hertz(MelFilterBank.mel(hertz))).isCloseTo(hertz, within(EXACT));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 128})
  void everyBandHasAreaOne(int melBands) {
    MelFilterBank bank = new MelFilterBank(melBands);
    double stepHz = 0.05;
    for (int band = 0; band < melBands; band++) {
      double area = 0;
      for (double hertz = stepHz / 2; hertz < 8000; hertz += stepHz) {
        area += bank.gain(band, hertz) * stepHz;
      }
      // The midpoint rule misses a little at each of the three corners.
      assertThat(area).as("band %d", band).isCloseTo(1, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 128})
  void bandsAreTrianglesBetweenEquallySpacedMels(int melBands) {
    MelFilterBank bank = new MelFilterBank(melBands);
    double melStep = MelFilterBank.mel(8000) / (melBands + 1);
    for (int band = 0; band < melBands; band++) {
      double lower = MelFilterBank.hertz(band * melStep);
      double peak = MelFilterBank.hertz((band + 1) * melStep);
      double upper = MelFilterBank.hertz((band + 2) * melStep);
      double height = 2 / (upper - lower);
      assertThat(bank.gain(band, peak)).isCloseTo(height, within(EXACT));
      assertThat(bank.gain(band, (lower + peak) / 2)).isCloseTo(height / 2, within(EXACT));
      assertThat(bank.gain(band, (peak + upper) / 2)).isCloseTo(height / 2, within(EXACT));
      assertThat(bank.gain(band, lower - 1)).isZero();
      assertThat(bank.gain(band, upper + 1)).isZero();
    }
  }
}
