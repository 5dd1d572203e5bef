package dev.serenade.cli.console;

/**
 * Whoever read the output has closed it, as {@code head} does: a reason to end, not to complain.
 */
public final class BrokenPipeException extends Exception {

  /** Makes an exception with the error behind it. */
  public BrokenPipeException(Throwable cause) {
    super(cause);
  }
}
