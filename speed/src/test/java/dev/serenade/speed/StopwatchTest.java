package dev.serenade.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StopwatchTest {

  private long nanoseconds;
  private final List<Integer> runs = new ArrayList<>();

  /** Work that takes so many milliseconds each time, by a clock of its own. */
  private double measured(int... milliseconds) throws IOException {
    return Stopwatch.quickestMilliseconds(
        () -> {
          int next = milliseconds[runs.size() % milliseconds.length];
          runs.add(next);
          nanoseconds += next * 1_000_000L;
        },
        () -> nanoseconds);
  }

  @Test
  void whatTakesLongerThanARoundIsDoneOnce() throws IOException {
    assertThat(measured(40)).isEqualTo(40);
    assertThat(runs).hasSize(1);
  }

  @Test
  void theQuickestOfSeveralRunsCounts() throws IOException {
    assertThat(measured(12, 3, 12)).isEqualTo(3);
    assertThat(runs).containsExactly(12, 3, 12, 12);
  }

  @Test
  void whatTakesHardlyAnyTimeIsNotDoneForEver() throws IOException {
    assertThat(measured(0)).isPositive();
    assertThat(runs).hasSize(50);
  }

  @Test
  void theClockIsThatOfTheSystem() throws IOException {
    assertThat(Stopwatch.quickestMilliseconds(() -> runs.add(1))).isBetween(0.0, 1000.0);
    assertThat(runs).isNotEmpty();
  }
}
