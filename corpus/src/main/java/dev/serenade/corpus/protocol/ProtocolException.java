package dev.serenade.corpus.protocol;

/** A corpus that a protocol cannot divide; the message says what it lacks. */
public final class ProtocolException extends Exception {

  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
