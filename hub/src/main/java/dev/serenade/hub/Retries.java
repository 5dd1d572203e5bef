package dev.serenade.hub;

import java.io.IOException;
import java.time.Duration;

/** Tries again what may go better the next time, as often as the rule says. */
final class Retries {

  /** One try. */
  @FunctionalInterface
  interface Try<T> {
    T run() throws IOException;
  }

  /** How many bytes have come in all so far. */
  @FunctionalInterface
  interface Received {
    long bytes();
  }

  private final RetryRule rule;
  private final PullProgress progress;

  Retries(RetryRule rule, PullProgress progress) {
    this.rule = rule;
    this.progress = progress;
  }

  /**
   * Tries until it goes well or has gone wrong too often.
   *
   * @param what is tried, for messages
   * @param received how much has come, so that a slow but steady line is not given up
   * @throws HubException if it cannot go well, or has gone wrong too often
   */
  <T> T run(String what, Received received, Try<T> attempt) throws IOException {
    int failures = 0;
    while (true) {
      long before = received.bytes();
      IOException failure;
      Duration wait;
      try {
        return attempt.run();
      } catch (HubException | UnreachableException e) {
        throw e;
      } catch (TransientException e) {
        failure = e;
        wait = e.requestedWait().orElse(Duration.ZERO);
      } catch (IOException e) {
        failure = e;
        wait = Duration.ZERO;
      }
      failures = received.bytes() - before >= rule.progressBytes() ? 1 : failures + 1;
      if (failures >= rule.tries()) {
        throw new HubException(
            "%s: given up after %d tries in a row: %s".formatted(what, failures, reason(failure)),
            failure);
      }
      if (wait.compareTo(rule.longestWait()) > 0) {
        throw new HubException(
            "%s: %s, and asks to try again in %d s"
                .formatted(what, reason(failure), wait.toSeconds()),
            failure);
      }
      Duration ours = rule.waitAfter(failures);
      Duration longer = wait.compareTo(ours) > 0 ? wait : ours;
      progress.note(
          "%s: %s; trying again in %.1f s"
              .formatted(what, reason(failure), longer.toMillis() / 1000.0));
      sleep(longer);
    }
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    String text =
        message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    return failure instanceof TransientException ? text : "the connection broke: " + text;
  }

  private static void sleep(Duration duration) throws HubException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HubException("interrupted", e);
    }
  }
}
