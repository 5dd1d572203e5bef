package dev.serenade.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureScalingTest {

  private final List<Logits> logits = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 1.7, 4})
  void findsThePlantedTemperature(double planted) {
    draw(7, 20_000, planted);
    // The estimate's standard error is about 1 % of T with 20,000 labels of five classes.
    assertThat(TemperatureScaling.fit(logits, labels).temperature())
        .isCloseTo(planted, within(0.03 * planted));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void theGradientIsZeroAtTheOptimumAndTheLossIsLeast(long seed) {
    draw(seed, 200, 1.5);
    double best = 1 / TemperatureScaling.fit(logits, labels).temperature();
    assertThat(TemperatureScaling.gradient(logits, labels, best)).isCloseTo(0, within(1e-13));
    assertThat(loss(best)).isLessThan(loss(best * 1.01)).isLessThan(loss(best / 1.01));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void theGradientIsTheSlopeOfTheLoss(long seed) {
    draw(seed, 50, 1);
    double step = 1e-5;
    double slope = (loss(0.8 + step) - loss(0.8 - step)) / (2 * step);
    // A central difference errs by about step^2 in the slope and by 1e-16 / step in rounding.
    assertThat(TemperatureScaling.gradient(logits, labels, 0.8)).isCloseTo(slope, within(1e-9));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void theWinnerStaysTheWinner(long seed) {
    draw(seed, 100, 1);
    for (double temperature : new double[] {0.05, 0.5, 1, 20}) {
      TemperatureScaling scaling = new TemperatureScaling(temperature);
      for (Logits z : logits) {
        assertThat(greatest(scaling.apply(z))).isEqualTo(greatest(z.softmax(1)));
      }
    }
  }

  @Test
  void logitsThatAreAlwaysRightGiveTheLeastTemperature() {
    List<Logits> right = List.of(Logits.of(2, 0), Logits.of(0, 1));
    assertThat(TemperatureScaling.fit(right, List.of(0, 1)).temperature())
        .isEqualTo(TemperatureScaling.LEAST);
  }

  @Test
  void logitsThatAreAlwaysWrongGiveTheGreatestTemperature() {
    List<Logits> wrong = List.of(Logits.of(2, 0), Logits.of(0, 1));
    assertThat(TemperatureScaling.fit(wrong, List.of(1, 0)).temperature())
        .isEqualTo(TemperatureScaling.GREATEST);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> TemperatureScaling.fit(List.of(Logits.of(1, 2)), List.of(2)))
        .hasMessageContaining("example 0: expected a label from 0 to 1, found 2");
    assertThatThrownBy(() -> TemperatureScaling.fit(List.of(), List.of()))
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> new TemperatureScaling(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> Logits.of(Double.NaN)).hasMessageContaining("NaN");
  }

  /** Draws logits, and labels from softmax(logits / planted). */
  private void draw(long seed, int count, double planted) {
    Random random = new Random(seed);
    for (int n = 0; n < count; n++) {
      Logits z = Logits.of(random.doubles(5, -3 * planted, 3 * planted).toArray());
      double left = random.nextDouble();
      double[] p = z.softmax(1 / planted);
      int label = 0;
      while (label < p.length - 1 && left >= p[label]) {
        left -= p[label++];
      }
      logits.add(z);
      labels.add(label);
    }
  }

  private double loss(double inverseTemperature) {
    double sum = 0;
    for (int n = 0; n < logits.size(); n++) {
      sum -= Math.log(logits.get(n).softmax(inverseTemperature)[labels.get(n)]);
    }
    return sum / logits.size();
  }

  private static int greatest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
