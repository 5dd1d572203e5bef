package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class LearningRateScheduleTest {

  private static final Offset<Double> ROUNDING = Offset.offset(1e-15);

  @Test
  void risesToThePeakThenFallsToNearlyZero() {
    LearningRateSchedule schedule = new LearningRateSchedule(1e-3, 10, 110);
    assertThat(schedule.rate(0)).isCloseTo(1e-4, ROUNDING);
    assertThat(schedule.rate(9)).isEqualTo(1e-3);
    assertThat(schedule.rate(10)).isEqualTo(1e-3);
    assertThat(schedule.rate(60)).isCloseTo(5e-4, ROUNDING);
    assertThat(schedule.rate(109)).isBetween(0.0, 1e-6);
    assertThat(IntStream.range(10, 109).allMatch(s -> schedule.rate(s) > schedule.rate(s + 1)))
        .isTrue();
  }

  @Test
  void aConstantRateHasNoWarmUp() {
    LearningRateSchedule schedule = new LearningRateSchedule(Schedule.CONSTANT, 1e-4, 10, 110);
    assertThat(IntStream.range(0, 110).mapToDouble(schedule::rate).distinct())
        .containsExactly(1e-4);
  }

  @Test
  void warmUpMayBeNothingOrEverything() {
    assertThat(new LearningRateSchedule(1, 0, 4).rate(0)).isEqualTo(1);
    assertThat(new LearningRateSchedule(1, 4, 4).rate(3)).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LearningRateSchedule(1, 5, 4))
        .withMessage("expected between 0 and 4 steps of warm-up, found 5");
  }
}
