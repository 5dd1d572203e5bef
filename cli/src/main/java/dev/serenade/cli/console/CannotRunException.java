package dev.serenade.cli.console;

/** A command cannot run, or not go on; the message is one line for users. */
public final class CannotRunException extends Exception {

  /** Makes an exception with this message. */
  public CannotRunException(String message) {
    super(message);
  }

  /** Makes an exception with this message and the error behind it. */
  public CannotRunException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Makes an exception for the error behind it, whose message is fit for users. */
  public CannotRunException(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }
}
