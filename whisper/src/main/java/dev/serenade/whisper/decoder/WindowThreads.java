package dev.serenade.whisper.decoder;

import dev.serenade.audio.Waveform;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Works on several windows of sound at once, each on one thread. Safe for use by many threads at
 * once.
 */
public final class WindowThreads implements AutoCloseable {

  /** Empty where the caller's thread does all. */
  private final Optional<ExecutorService> threads;

  /** Makes so many threads; of one, none, as the caller's will do. */
  public WindowThreads(int threads) {
    this.threads =
        threads == 1
            ? Optional.empty()
            : Optional.of(Executors.newFixedThreadPool(threads, WindowThreads::daemon));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "decode-text");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Returns what the work makes of each window, in their order. An exception that it throws is
   * thrown here.
   */
  public <R> List<R> map(List<Waveform> windows, Function<Waveform, R> work) {
    if (threads.isEmpty() || windows.size() == 1) {
      return windows.stream().map(work).toList();
    }
    List<CompletableFuture<R>> running =
        windows.stream()
            .map(window -> CompletableFuture.supplyAsync(() -> work.apply(window), threads.get()))
            .toList();
    return running.stream().map(WindowThreads::result).toList();
  }

  private static <R> R result(CompletableFuture<R> running) {
    try {
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    threads.ifPresent(ExecutorService::shutdownNow);
  }
}
