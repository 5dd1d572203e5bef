package dev.serenade.server.history;

import java.io.IOException;

/** A history cannot be used, or not now. The message is one line for users. */
public final class HistoryException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** There is no history there. */
    MISSING,
    /** The disk is full. */
    NO_SPACE,
    /** Somebody else keeps it from being used. */
    LOCKED,
    /** It cannot be reached, read or written. */
    UNAVAILABLE,
    /** It is damaged, or something else. */
    DAMAGED,
    /** It is of a version of Serenade that this one does not know. */
    OTHER_VERSION
  }

  private final Reason reason;

  HistoryException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  HistoryException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }
}
