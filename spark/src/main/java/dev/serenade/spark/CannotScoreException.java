package dev.serenade.spark;

/** A job cannot run, or not go on; the message is one line for users. */
final class CannotScoreException extends Exception {

  CannotScoreException(String message) {
    super(message);
  }

  CannotScoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
