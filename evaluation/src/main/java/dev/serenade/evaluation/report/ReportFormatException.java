package dev.serenade.evaluation.report;

import java.io.IOException;

/** A report's folder that cannot be read; the message names the file and what is wrong with it. */
public final class ReportFormatException extends IOException {

  ReportFormatException(String message, Throwable cause) {
    super(message, cause);
  }

  ReportFormatException(String message) {
    super(message);
  }
}
