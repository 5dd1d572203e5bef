package dev.serenade.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Associations, and the transform under the fingerprint. */
class StatisticsTest {

  private static List<String> repeated(int n, int values, int step) {
    return IntStream.range(0, n).mapToObj(i -> "v" + i / step % values).toList();
  }

  @Test
  void whatTellsTheOtherHasAnAssociationOfOne() {
    List<String> values = repeated(60, 3, 1);
    Contingency contingency = Contingency.of(values, values, 1);
    assertThat(contingency.v()).isCloseTo(1, within(1e-12));
    assertThat(contingency.pValue()).isEqualTo(1.0 / (Contingency.PERMUTATIONS + 1));
  }

  @Test
  void crossedPropertiesHaveNone() {
    Contingency contingency = Contingency.of(repeated(60, 3, 1), repeated(60, 4, 3), 1);
    assertThat(contingency.v()).isZero();
    assertThat(contingency.pValue()).isEqualTo(1);
  }

  @Test
  void aValueForEveryClipIsNoAssociation() {
    assertThat(Contingency.of(repeated(60, 60, 1), repeated(60, 3, 1), 1).v()).isZero();
  }

  /** A table by hand: 10, 0 / 5, 5: chi2 = 6.667, n = 20; phi2 = 1/3 - 1/19, r' - 1 = 18/19. */
  @Test
  void theCorrectionIsBergsmas() {
    List<String> rows = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(i < 10 ? "a" : "b");
      columns.add(i < 15 ? "x" : "y");
    }
    double expected = Math.sqrt((1.0 / 3 - 1.0 / 19) / (18.0 / 19));
    assertThat(Contingency.of(rows, columns, 1).v()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void theShareOfVarianceIsThatBetweenClasses() {
    VarianceShare share =
        VarianceShare.of(new double[] {1, 3, 5, 7}, List.of("a", "a", "b", "b"), 1);
    // Means 2 and 6 around 4: 16 of 20.
    assertThat(share.etaSquared()).isCloseTo(0.8, within(1e-12));
    assertThat(VarianceShare.of(new double[] {2, 2}, List.of("a", "b"), 1).etaSquared()).isZero();
  }

  @Test
  void theTransformIsItsDefinition() {
    int length = 16;
    Random random = new Random(5);
    double[] real = random.doubles(length).toArray();
    double[] imaginary = random.doubles(length).toArray();
    double[] expectedReal = new double[length];
    double[] expectedImaginary = new double[length];
    for (int k = 0; k < length; k++) {
      for (int n = 0; n < length; n++) {
        double angle = -2 * Math.PI * k * n / length;
        expectedReal[k] += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle);
        expectedImaginary[k] += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle);
      }
    }
    new Fourier(length).transform(real, imaginary);
    for (int k = 0; k < length; k++) {
      assertThat(real[k]).isCloseTo(expectedReal[k], within(1e-12));
      assertThat(imaginary[k]).isCloseTo(expectedImaginary[k], within(1e-12));
    }
  }

  @Test
  void bothFramesOfATransformKeepTheirTone() {
    float[] samples = new float[Spectra.LENGTH + Spectra.HOP];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = (float) Math.sin(2 * Math.PI * 100 * n / Spectra.LENGTH);
    }
    List<double[]> powers = new ArrayList<>();
    Spectra.each(samples, (frame, power) -> powers.add(power.clone()));

    assertThat(powers).hasSize(2);
    for (double[] power : powers) {
      // Hann: half of the amplitude's N / 2 in the middle bin, a quarter at each side.
      assertThat(power[100]).isCloseTo(Math.pow(Spectra.LENGTH / 4.0, 2), within(1.0));
      assertThat(power[101]).isCloseTo(Math.pow(Spectra.LENGTH / 8.0, 2), within(1.0));
      assertThat(power[200]).isLessThan(1e-3);
    }
  }
}
