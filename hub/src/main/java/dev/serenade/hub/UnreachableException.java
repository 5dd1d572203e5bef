package dev.serenade.hub;

import java.io.IOException;

/**
 * The hub cannot be reached at all: no such host, nobody listens, or no trust in its certificate.
 */
final class UnreachableException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
