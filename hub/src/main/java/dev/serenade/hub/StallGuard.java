package dev.serenade.hub;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes a connection over which nothing comes any more, whose reader would wait for ever. */
final class StallGuard implements Closeable {

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stall-guard");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long lastByte = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(Closeable connection, Duration limit) {
    long period = Math.max(1, limit.toMillis() / 4);
    var unused =
        clock.scheduleWithFixedDelay(
            () -> {
              if (System.nanoTime() - lastByte > limit.toNanos()) {
                stalled = true;
                closeQuietly(connection);
              }
            },
            period,
            period,
            TimeUnit.MILLISECONDS);
  }

  /** Says that something came. */
  void alive() {
    lastByte = System.nanoTime();
  }

  /** Returns whether the connection was closed for that reason. */
  boolean hasStalled() {
    return stalled;
  }

  private static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // Its reader is told.
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
