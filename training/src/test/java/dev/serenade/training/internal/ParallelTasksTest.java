package dev.serenade.training.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ParallelTasksTest {

  @Test
  void resultsAreInOrderAndProgressCounts() throws InterruptedException {
    List<Callable<Integer>> tasks =
        IntStream.range(0, 50).<Callable<Integer>>mapToObj(i -> () -> i * i).toList();
    List<Integer> done = new ArrayList<>();

    assertThat(ParallelTasks.run(tasks, 3, done::add))
        .isEqualTo(IntStream.range(0, 50).mapToObj(i -> i * i).toList());
    assertThat(done).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
  }

  @Test
  void nothingToDoIsDone() throws InterruptedException {
    assertThat(ParallelTasks.run(List.of(), 1, done -> {})).isEmpty();
  }

  @Test
  void aFailureIsThrownAndTheRestDropped() {
    AtomicInteger started = new AtomicInteger();
    List<Callable<String>> tasks =
        IntStream.range(0, 100)
            .<Callable<String>>mapToObj(
                i ->
                    () -> {
                      started.incrementAndGet();
                      Thread.sleep(5);
                      throw new IllegalArgumentException("task " + i);
                    })
            .toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParallelTasks.run(tasks, 1, done -> {}))
        .withMessage("task 0");
    assertThat(started).hasValueLessThan(100);
  }

  @Test
  void aCheckedFailureIsTheCause() {
    List<Callable<String>> tasks =
        List.of(
            () -> {
              throw new IOException("disk");
            });

    assertThatThrownBy(() -> ParallelTasks.run(tasks, 1, done -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("disk");
  }

  @Test
  void noTaskRunsOnAfterAFailure() {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    List<Callable<String>> tasks =
        List.of(
            () -> {
              running.await();
              throw new IllegalStateException("first");
            },
            () -> {
              running.countDown();
              long until = System.nanoTime() + 50_000_000;
              while (System.nanoTime() < until) {
                Thread.onSpinWait();
              }
              ended.set(true);
              return "";
            });

    assertThatThrownBy(() -> ParallelTasks.run(tasks, 2, done -> {})).hasMessage("first");
    assertThat(ended).isTrue();
  }

  @Test
  void atLeastOneThreadIsNeeded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParallelTasks.run(List.of(), 0, done -> {}))
        .withMessage("at least 1 thread is needed, found 0");
  }
}
