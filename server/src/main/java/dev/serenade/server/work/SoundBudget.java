package dev.serenade.server.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much decoded sound may be in memory at once, over all requests. Who decodes takes as much as
 * it may become, and gives back what it did not.
 */
final class SoundBudget {

  /** Ten minutes: 38 MB of samples. */
  private static final int SECONDS = 600;

  private final Semaphore seconds;

  /**
   * Makes a budget.
   *
   * @param least what the longest recording may take
   */
  SoundBudget(int least) {
    seconds = new Semaphore(Math.max(SECONDS, least), true);
  }

  /** Takes so many seconds, or returns false if they are not to be had in time. */
  boolean take(int count, Duration longest) throws InterruptedException {
    return seconds.tryAcquire(count, Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
  }

  void giveBack(int count) {
    seconds.release(count);
  }
}
