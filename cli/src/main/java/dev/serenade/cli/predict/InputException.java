package dev.serenade.cli.predict;

import java.io.IOException;

/** An input is not even worth decoding; the message is one line for users. */
final class InputException extends IOException {

  static final String NO_AUDIO_FILES = "no-audio-files";
  static final String UNREADABLE = "unreadable";

  private final String code;

  InputException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Returns the name of this error in JSON. */
  String code() {
    return code;
  }
}
