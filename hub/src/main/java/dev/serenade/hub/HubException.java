package dev.serenade.hub;

import java.io.IOException;

/** A model cannot be downloaded or read; the message is one line for users, and says what to do. */
public final class HubException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with this message. */
  public HubException(String message) {
    super(message);
  }

  /** Makes an exception with this message and the error behind it. */
  public HubException(String message, Throwable cause) {
    super(message, cause);
  }
}
