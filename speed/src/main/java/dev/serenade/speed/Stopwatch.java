package dev.serenade.speed;

import java.io.IOException;
import java.util.function.LongSupplier;

/** Takes the time of one round of something. */
final class Stopwatch {

  /** A round goes on for at least this long, so that a short thing has several chances. */
  private static final long ROUND_NANOSECONDS = 30_000_000;

  private static final int MOST_RUNS = 50;

  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private Stopwatch() {}

  /** Something whose time is taken. */
  interface Work {
    /** Does it once. */
    void run() throws IOException;
  }

  /** Runs it until the round is over, and returns the quickest run in milliseconds. */
  static double quickestMilliseconds(Work work) throws IOException {
    return quickestMilliseconds(work, System::nanoTime);
  }

  /** Does the same by another clock, which tells nanoseconds. */
  static double quickestMilliseconds(Work work, LongSupplier clock) throws IOException {
    long quickest = Long.MAX_VALUE;
    long started = clock.getAsLong();
    long ended = started;
    for (int run = 0; run == 0 || (run < MOST_RUNS && ended - started < ROUND_NANOSECONDS); run++) {
      long begun = clock.getAsLong();
      work.run();
      ended = clock.getAsLong();
      quickest = Math.min(quickest, ended - begun);
    }
    return Math.max(1, quickest) / NANOSECONDS_PER_MILLISECOND;
  }
}
