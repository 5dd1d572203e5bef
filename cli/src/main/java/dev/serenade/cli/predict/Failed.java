package dev.serenade.cli.predict;

import dev.serenade.audio.AudioFormatException;
import java.io.IOException;

/**
 * Why a recording has no result.
 *
 * @param code one of {@link AudioFormatException.Reason}, or of the constants here
 * @param message one line for users that begins with the name of the recording
 */
record Failed(String file, String code, String message) implements Decoded, Outcome {

  static final String UNREADABLE = "unreadable";
  static final String OUT_OF_MEMORY = "out-of-memory";
  static final String RECOGNITION_FAILED = "recognition-failed";

  /** Returns the failure behind an exception of decoding. */
  static Failed of(String file, IOException e) {
    if (e instanceof AudioFormatException audio) {
      return new Failed(file, audio.reason().code(), String.valueOf(audio.getMessage()));
    }
    if (e instanceof InputException input) {
      return new Failed(file, input.code(), String.valueOf(input.getMessage()));
    }
    return new Failed(file, UNREADABLE, "%s: %s".formatted(file, e.getMessage()));
  }

  /** Returns the message without the name of the recording. */
  String detail() {
    return message.startsWith(file + ": ") ? message.substring(file.length() + 2) : message;
  }
}
