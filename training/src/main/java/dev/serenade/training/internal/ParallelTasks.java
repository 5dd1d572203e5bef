package dev.serenade.training.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Runs independent tasks on a few threads and gives their results in order. */
public final class ParallelTasks {

  private ParallelTasks() {}

  /**
   * Runs all tasks. If one fails, or this thread is interrupted, those that wait are dropped and
   * those that run are interrupted; in any case none runs any more when this method ends, so that
   * what they use may be closed.
   *
   * @param threads how many tasks to work on at once
   * @param done is told by this thread how many of the first tasks are done
   * @return the result of each task, in their order
   * @throws InterruptedException if this thread is interrupted
   * @throws RuntimeException that of the first task that failed; a checked one is the cause of an
   *     {@link IllegalStateException}
   */
  public static <T> List<T> run(List<Callable<T>> tasks, int threads, IntConsumer done)
      throws InterruptedException {
    if (threads < 1) {
      throw new IllegalArgumentException("at least 1 thread is needed, found " + threads);
    }
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> pending = new ArrayList<>();
      tasks.forEach(task -> pending.add(workers.submit(task)));
      List<T> results = new ArrayList<>();
      for (Future<T> future : pending) {
        results.add(future.get());
        done.accept(results.size());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a task failed", e.getCause());
    } finally {
      stop(workers);
    }
  }

  private static void stop(ExecutorService workers) {
    workers.shutdownNow();
    boolean interrupted = false;
    boolean stopped = false;
    while (!stopped) {
      try {
        stopped = workers.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
