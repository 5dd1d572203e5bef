package dev.serenade.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What may go better the next time. */
final class TransientException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> wait;

  TransientException(String message) {
    this(message, Optional.empty());
  }

  TransientException(String message, Optional<Duration> wait) {
    super(message);
    this.wait = wait;
  }

  /** Returns how long the server wants to be left alone, if it said so. */
  Optional<Duration> requestedWait() {
    return wait;
  }
}
