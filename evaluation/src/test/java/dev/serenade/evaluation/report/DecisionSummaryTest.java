package dev.serenade.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.ConformalSets;
import dev.serenade.evaluation.calibration.DecisionThresholds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DecisionSummaryTest {

  /** Thresholds of a fold: for each target error, then for each coverage. */
  private static DecisionThresholds thresholds(List<OptionalDouble> below, List<Double> least) {
    return new DecisionThresholds(
        List.of(
            new DecisionThresholds.Abstaining(0.05, below.get(0)),
            new DecisionThresholds.Abstaining(0.1, below.get(1)),
            new DecisionThresholds.Abstaining(0.2, below.get(2))),
        List.of(
            new DecisionThresholds.Sets(0.8, new ConformalSets(least.get(0))),
            new DecisionThresholds.Sets(0.9, new ConformalSets(least.get(1))),
            new DecisionThresholds.Sets(0.95, new ConformalSets(least.get(2)))));
  }

  private static Prediction said(String fold, double a, boolean right) {
    String actual = right == (a >= 0.5) ? "a" : "b";
    return new Prediction(
        fold + a,
        "speaker " + fold,
        fold,
        actual,
        ClassProbabilities.of(List.of("a", "b"), a, 1 - a));
  }

  private static EvaluationRun run(
      Optional<DecisionThresholds> one, Optional<DecisionThresholds> two) {
    Predictions first =
        Predictions.of(
            List.of(said("1", 0.95, true), said("1", 0.75, false), said("1", 0.55, true)));
    Predictions second = Predictions.of(List.of(said("2", 0.85, true), said("2", 0.65, false)));
    return new EvaluationRun(
        "made up",
        "given",
        List.of(),
        List.of(
            new FoldResult(
                "1", first, List.of(), OptionalInt.empty(), List.of(), Optional.empty(), one),
            new FoldResult(
                "2", second, List.of(), OptionalInt.empty(), List.of(), Optional.empty(), two)),
        Map.of(),
        1);
  }

  @Test
  void everyFoldAbstainsAsItsOwnHeldOutClipsSaid() {
    DecisionSummary summary =
        DecisionSummary.of(
            run(
                Optional.of(
                    thresholds(
                        List.of(
                            OptionalDouble.empty(), OptionalDouble.of(0.7), OptionalDouble.of(0)),
                        List.of(0.5, 0.3, 0.0))),
                Optional.of(
                    thresholds(
                        List.of(
                            OptionalDouble.of(0.8), OptionalDouble.of(0.8), OptionalDouble.of(0)),
                        List.of(0.5, 0.4, 0.0)))));

    assertThat(summary.byTarget().get(0).answered()).isEqualTo(0.2);
    assertThat(summary.byTarget().get(0).wrong()).hasValue(0);
    assertThat(summary.byTarget().get(0).silentFolds()).isEqualTo(1);
    assertThat(summary.byTarget().get(1).answered()).isEqualTo(0.6);
    assertThat(summary.byTarget().get(1).wrong().orElseThrow()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(summary.byTarget().get(2).answered()).isEqualTo(1);
  }

  @Test
  void coverageIsMeasuredBySpeakerAndTheWorstIsNamed() {
    DecisionThresholds some =
        thresholds(
            List.of(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
            List.of(0.5, 0.3, 0.0));
    DecisionSummary summary = DecisionSummary.of(run(Optional.of(some), Optional.of(some)));

    DecisionSummary.Sets tops = summary.sets().get(0);
    assertThat(tops.covered()).isEqualTo(0.6);
    assertThat(tops.meanSize()).isEqualTo(1);
    assertThat(tops.worst()).isEqualTo("speaker 2");
    assertThat(tops.worstSpeaker()).isEqualTo(0.5);
    assertThat(tops.medianSpeaker()).isCloseTo((0.5 + 2 / 3.0) / 2, within(1e-15));
    // At 0.3, those at 0.55 and 0.65 have both classes: the wrong one at 0.65 is covered.
    assertThat(summary.sets().get(1).covered()).isEqualTo(0.8);
    assertThat(summary.sets().get(1).meanSize()).isEqualTo(1.4);
    assertThat(summary.sets().get(2).covered()).isEqualTo(1);
    assertThat(summary.sets().get(2).meanSize()).isEqualTo(2);
  }

  @Test
  void withoutPromisesThereAreOnlyFixedConfidences() {
    DecisionSummary summary = DecisionSummary.of(run(Optional.empty(), Optional.empty()));
    assertThat(summary.byTarget()).isEmpty();
    assertThat(summary.sets()).isEmpty();
    assertThat(summary.byConfidence())
        .extracting(DecisionSummary.Abstained::wanted)
        .containsExactly(0.5, 0.6, 0.7, 0.8, 0.9);
    assertThat(summary.byConfidence().get(3).answered()).isEqualTo(0.4);
    assertThat(summary.byConfidence().get(3).wrong()).hasValue(0);
  }
}
