package dev.serenade.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.ClassRecall;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import dev.serenade.evaluation.calibration.CalibrationMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairedTestTest {

  private static final Metric WA = Metric.WEIGHTED_ACCURACY;

  /**
   * 0.025 and 0.975 of 1,999 are not exact, so the two percentiles are interpolated a bit apart.
   */
  private static final double INTERPOLATION = 1e-13;

  @Test
  void aRunDoesNotDifferFromItself() {
    Predictions run = RandomPredictions.of(1, 10, 20);
    Comparison comparison = PairedTest.of(run, run, 1).compare(WA);
    assertThat(comparison.difference()).isZero();
    assertThat(comparison.pValue()).isEqualTo(1);
    assertThat(comparison.noiseFloor()).isEmpty();
    assertThat(comparison.sentence()).contains("no difference shown");
  }

  @Test
  void eightSpeakersWhoAllGainHaveTheLeastExactPValue() {
    Predictions first = run(8, 10, 0, 0.5);
    Predictions second = run(8, 10, 0, 0.7);
    Comparison comparison = PairedTest.of(first, second, 1).compare(WA);
    // Of 2^8 ways to swap, only none and all give so large a difference.
    assertThat(comparison.pValue()).isEqualTo(2 / 256.0);
    assertThat(comparison.difference()).isCloseTo(0.2, within(1e-15));
    assertThat(comparison.differenceShown()).isTrue();
    assertThat(comparison.sentence()).startsWith("WA 50.0 -> 70.0: better (+20.0 points");
    assertThat(comparison.noiseFloor().orElseThrow()).isLessThanOrEqualTo(0.2);
  }

  @Test
  void fourSpeakersCannotShowADifference() {
    Comparison comparison = PairedTest.of(run(4, 10, 0, 0.5), run(4, 10, 0, 0.9), 1).compare(WA);
    assertThat(comparison.pValue()).isEqualTo(2 / 16.0);
    assertThat(comparison.differenceShown()).isFalse();
    assertThat(comparison.sentence()).contains("noise floor out of reach with 4 speakers");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void exchangingTheRunsTurnsTheDifferenceRound(long seed) {
    Predictions first = run(9, 12, seed, 0.6);
    Predictions second = run(9, 12, seed + 1000, 0.65);
    Comparison there = PairedTest.of(first, second, seed).compare(WA);
    Comparison back = PairedTest.of(second, first, seed).compare(WA);
    assertThat(back.difference()).isEqualTo(-there.difference());
    assertThat(back.pValue()).isEqualTo(there.pValue());
    assertThat(back.interval95().low())
        .isCloseTo(-there.interval95().high(), within(INTERPOLATION));
    assertThat(back.noiseFloor()).isEqualTo(there.noiseFloor());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("dev.serenade.evaluation.TestSeed#seeds")
  void aDifferenceIsSignificantWhereItReachesTheNoiseFloor(long seed) {
    Comparison comparison =
        PairedTest.of(run(10, 12, seed, 0.6), run(10, 12, seed + 1000, 0.7), seed).compare(WA);
    double floor = comparison.noiseFloor().orElse(Double.POSITIVE_INFINITY);
    assertThat(Math.abs(comparison.difference()) >= floor - 1e-12)
        .isEqualTo(comparison.pValue() <= Comparison.LEVEL);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 14})
  void runsThatAreAlikeAreFoundToDifferOnceInTwentyAtMost(int speakers) {
    int found = 0;
    for (int n = 0; n < 100; n++) {
      Predictions first = run(speakers, 4, n, 0.7);
      Predictions second = run(speakers, 4, n + 1000, 0.7);
      found += PairedTest.of(first, second, n).compare(WA).pValue() <= 0.05 ? 1 : 0;
    }
    // 5 % of 100 is 5; three standard errors are 7.
    assertThat(found).isLessThanOrEqualTo(12);
  }

  @Test
  void theLeastPValueIsReachedAndNamed() {
    Comparison few = PairedTest.of(run(8, 10, 0, 0.5), run(8, 10, 0, 0.7), 1).compare(WA);
    Comparison many = PairedTest.of(run(20, 10, 0, 0.5), run(20, 10, 0, 0.9), 1).compare(WA);
    assertThat(few.pValue()).isEqualTo(few.leastPValue());
    assertThat(many.pValue()).isEqualTo(many.leastPValue()).isEqualTo(1e-4);
  }

  @Test
  void ofAnErrorLessIsBetter() {
    PairedTest test = PairedTest.of(run(8, 10, 0, 0.5), run(8, 10, 0, 0.7), 1);
    Comparison brier = test.compare(CalibrationMeasure.BRIER_SCORE);
    // Certain and wrong costs 2, certain and right nothing.
    assertThat(brier.first()).isCloseTo(1.0, within(1e-12));
    assertThat(brier.second()).isCloseTo(0.6, within(1e-12));
    assertThat(brier.verdict()).isEqualTo("better");
    assertThat(brier.sentence()).startsWith("Brier score 1.000 -> 0.600: better (-0.400, 95 %");
  }

  @Test
  void aClassIsComparedByItsOwnClipsAndOneWithoutClipsNot() {
    List<String> classes = List.of("yes", "no", "never");
    Predictions first = withClasses(run(8, 10, 0, 0.5), classes);
    Predictions second = withClasses(run(8, 10, 0, 0.7), classes);
    PairedTest test = PairedTest.of(first, second, 1);
    // Of clips 0 to 4 those of yes are 0, 2, 4: three of five; of clips 0 to 6 also 6.
    Comparison yes = test.compare(new ClassRecall("yes", 0)).orElseThrow();
    assertThat(yes.first()).isEqualTo(0.6);
    assertThat(yes.second()).isEqualTo(0.8);
    assertThat(test.compare(new ClassRecall("never", 2))).isEmpty();
  }

  private static Predictions withClasses(Predictions run, List<String> classes) {
    return Predictions.of(
        run.asList().stream()
            .map(
                p ->
                    new Prediction(
                        p.clip(),
                        p.speaker(),
                        p.fold(),
                        p.actual(),
                        ClassProbabilities.of(
                            classes, p.probabilities().get(0), p.probabilities().get(1), 0)))
            .toList());
  }

  @Test
  void runsOverOtherClipsAreNotCompared() {
    Predictions run = RandomPredictions.of(1, 3, 5);
    assertThatThrownBy(() -> PairedTest.of(run, RandomPredictions.of(1, 3, 4), 1))
        .hasMessageContaining("found 15 predictions for 15 clips and 12");
    assertThatThrownBy(() -> PairedTest.of(run, RandomPredictions.of(2, 3, 5), 1))
        .hasMessageContaining("in the first run, but");
    assertThatThrownBy(() -> PairedTest.of(run(1, 9, 1, 0.5), run(1, 9, 2, 0.5), 1))
        .hasMessageContaining("needs two speakers or more, found only [s0]");
  }

  /** Returns a run of this accuracy; exact for every speaker if the seed is 0, else by chance. */
  private static Predictions run(int speakers, int clips, long seed, double accuracy) {
    List<String> classes = List.of("yes", "no");
    SplittableRandom random = new SplittableRandom(seed);
    List<Prediction> predictions = new ArrayList<>();
    for (int s = 0; s < speakers; s++) {
      for (int c = 0; c < clips; c++) {
        boolean right = seed == 0 ? c < accuracy * clips : random.nextDouble() < accuracy;
        boolean yes = right == (c % 2 == 0);
        ClassProbabilities said = ClassProbabilities.of(classes, yes ? 1 : 0, yes ? 0 : 1);
        predictions.add(new Prediction(s + "/" + c, "s" + s, "all", classes.get(c % 2), said));
      }
    }
    return Predictions.of(predictions);
  }
}
