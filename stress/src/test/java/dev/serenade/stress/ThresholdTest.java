package dev.serenade.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.stress.TestResult.Question;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ThresholdTest {

  @Test
  void theLimitItselfPasses() {
    assertThat(Threshold.atLeast(0.95).isMetBy(0.95)).isTrue();
    assertThat(Threshold.atLeast(0.95).isMetBy(0.949)).isFalse();
    // 0.9 - 0.85 is 0.05000000000000004.
    assertThat(Threshold.atMost(0.05).isMetBy(0.9 - 0.85)).isTrue();
    assertThat(Threshold.atMost(0.05).isMetBy(-0.3)).isTrue();
    assertThat(Threshold.atMost(0.05).isMetBy(0.051)).isFalse();
    assertThat(Threshold.within(0.075).isMetBy(-0.075)).isTrue();
    assertThat(Threshold.within(0.075).isMetBy(-0.08)).isFalse();
    assertThat(Threshold.within(0.075).isMetBy(Double.NaN)).isFalse();
  }

  @Test
  void thresholdsAreForPeople() {
    assertThat(Threshold.atLeast(0.95)).hasToString("≥ 95.0");
    assertThat(Threshold.atMost(0.05)).hasToString("≤ 5.0");
    assertThat(Threshold.within(0.075)).hasToString("± 7.5");
  }

  @Test
  void whatIsUndefinedNeitherPassesNorFails() {
    Question question =
        new Question(
            StressGroup.CORRECTNESS, "precision of sad", "", "precision", Threshold.atLeast(0.5));
    TestResult result = question.answered(OptionalDouble.empty(), Optional.empty(), 12);

    assertThat(result.passed()).isFalse();
    assertThat(result.failed()).isFalse();
    assertThat(result.notTested()).contains("precision is undefined on these clips");
  }

  @Test
  void groupsAreKnownByTheirWords() {
    for (StressGroup group : StressGroup.values()) {
      assertThat(StressGroup.of(group.word())).isEqualTo(group);
    }
    assertThat(StressGroup.SMALL_CHANGES.word()).isEqualTo("small-changes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StressGroup.of("loudness"))
        .withMessageContaining("expected one of correctness, sex, ")
        .withMessageContaining("found loudness");
  }
}
