package dev.serenade.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads that share out the parts of a piece of work; if there is one, it is the caller's own. */
final class Workers implements AutoCloseable {

  private final int threads;
  private final ExecutorService executor;

  Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("at least 1 thread is needed, found " + threads);
    }
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "serenade-training");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Runs all parts and returns what they give, in order. */
  <T> List<T> run(List<Supplier<T>> parts) throws InterruptedException {
    if (threads == 1) {
      return parts.stream().map(Supplier::get).toList();
    }
    List<Callable<T>> tasks = parts.stream().<Callable<T>>map(part -> part::get).toList();
    List<T> results = new ArrayList<>();
    for (Future<T> future : executor.invokeAll(tasks)) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a part of the work failed", e.getCause());
      }
    }
    return results;
  }

  /** Waits for parts that still run, so that nobody closes features under them. */
  @Override
  public void close() {
    executor.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
