package dev.serenade.recognition.model;

import java.io.IOException;

/** A model file is truncated, altered, of an unknown version, or not a model file at all. */
public final class ModelFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with this message. */
  public ModelFormatException(String message) {
    super(message);
  }

  /** Makes an exception with this message and the error behind it. */
  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
