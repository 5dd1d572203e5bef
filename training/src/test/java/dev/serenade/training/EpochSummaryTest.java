package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.calibration.Logits;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EpochSummaryTest {

  private static final Logits FIRST = Logits.of(1, 0);
  private static final Logits SECOND = Logits.of(0, 1);

  @Test
  void accuracyWeighsClassesByTheirSizeAndRecallDoesNot() {
    EpochSummary summary =
        EpochSummary.of(1, 0, 0, List.of(FIRST, FIRST, FIRST, FIRST), List.of(0, 0, 0, 1), 2);

    assertThat(summary.validationAccuracy()).hasValue(0.75);
    assertThat(summary.validationRecall()).hasValue(0.5);
  }

  @Test
  void theLossIsTheMeanCrossEntropy() {
    EpochSummary summary = EpochSummary.of(1, 0, 0, List.of(FIRST, SECOND), List.of(0, 0), 2);
    double right = Math.log(1 + Math.exp(-1));

    assertThat(summary.validationLoss().orElseThrow()).isCloseTo(right + 0.5, within(1e-12));
  }

  @Test
  void withoutExamplesNothingIsKnown() {
    EpochSummary summary = EpochSummary.of(1, 0.5, 0.1, List.of(), List.of(), 2);

    assertThat(summary.validationLoss()).isEmpty();
    assertThat(summary.validationAccuracy()).isEmpty();
    assertThat(summary.validationRecall()).isEmpty();
  }
}
