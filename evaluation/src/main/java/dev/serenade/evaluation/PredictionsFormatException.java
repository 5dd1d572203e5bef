package dev.serenade.evaluation;

import java.io.IOException;

/** A predictions file that cannot be read; the message names file, line and column. */
public final class PredictionsFormatException extends IOException {

  PredictionsFormatException(String message) {
    super(message);
  }

  PredictionsFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
