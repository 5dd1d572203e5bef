package dev.serenade.cli.tune;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;

/** How long a search may take. Safe for use by several threads. */
final class Budget {

  private static final double NANOSECONDS_PER_MINUTE = 60e9;

  private final OptionalDouble minutes;
  private final long started = System.nanoTime();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /**
   * Starts the clock.
   *
   * @param minutes above 0; empty for as long as it takes
   */
  Budget(OptionalDouble minutes) {
    if (minutes.isPresent() && !(minutes.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "expected more than 0 minutes, found " + minutes.getAsDouble());
    }
    this.minutes = minutes;
  }

  /** Ends it at once. */
  void cancel() {
    cancelled.set(true);
  }

  boolean isCancelled() {
    return cancelled.get();
  }

  boolean isUsedUp() {
    return cancelled.get() || (minutes.isPresent() && minutesUsed() >= minutes.getAsDouble());
  }

  double minutesUsed() {
    return (System.nanoTime() - started) / NANOSECONDS_PER_MINUTE;
  }

  @Override
  public String toString() {
    return minutes.isPresent()
        ? String.format(Locale.ROOT, "%s minutes", minutes.getAsDouble())
        : "no limit";
  }
}
