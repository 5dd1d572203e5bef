package dev.serenade.hub;

import java.time.Duration;

/**
 * How often to try again, and how long to wait before.
 *
 * @param tries in all, at least 1; one that brought {@code progressBytes} does not count
 * @param firstWait before the second try; it doubles from try to try
 * @param longestWait the most to wait, whatever the server asks for
 * @param stall after how long without a byte a connection is given up
 * @param progressBytes how much a try must bring to be no failure
 */
public record RetryRule(
    int tries, Duration firstWait, Duration longestWait, Duration stall, long progressBytes) {

  /** Six tries, after 1 to 16 s; a minute without a byte is too long. */
  public static final RetryRule DEFAULT =
      new RetryRule(
          6, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60), 1 << 20);

  /** Checks that there is one try at least. */
  public RetryRule {
    if (tries < 1) {
      throw new IllegalArgumentException("expected at least 1 try, found " + tries);
    }
  }

  /** Returns how long to wait after this many failures, from 1. */
  Duration waitAfter(int failures) {
    long factor = 1L << Math.min(failures - 1, 20);
    Duration doubled = firstWait.multipliedBy(factor);
    return doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
  }
}
