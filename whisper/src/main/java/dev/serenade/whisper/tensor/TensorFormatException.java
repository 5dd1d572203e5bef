package dev.serenade.whisper.tensor;

import java.io.IOException;

/** A file of tensors is damaged, or lacks what is expected of it; the message names the file. */
public final class TensorFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Makes an exception with this message. */
  public TensorFormatException(String message) {
    super(message);
  }

  /** Makes an exception with this message and the error behind it. */
  public TensorFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
