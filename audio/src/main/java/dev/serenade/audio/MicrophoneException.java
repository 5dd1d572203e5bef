package dev.serenade.audio;

import java.io.IOException;

/** Says in one line for users why a microphone cannot be used. */
public final class MicrophoneException extends IOException {

  MicrophoneException(String message) {
    super(message);
  }

  MicrophoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
