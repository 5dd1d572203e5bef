package dev.serenade.cli.predict;

import dev.serenade.audio.AudioFormatException;
import java.io.IOException;

/**
 * Why a recording has no result.
 *
 * @param code one of {@link AudioFormatException.Reason}, or of the constants here
 * @param message one line for users that begins with the name of the recording
 */
record Failed(Track track, String code, String message) implements Decoded, Outcome {

  static final String UNREADABLE = "unreadable";
  static final String OUT_OF_MEMORY = "out-of-memory";
  static final String RECOGNITION_FAILED = "recognition-failed";
  static final String STOPPED = "stopped";

  /** Returns the failure behind an exception of decoding. */
  static Failed of(Track track, IOException e) {
    if (e instanceof AudioFormatException audio) {
      return new Failed(track, audio.reason().code(), String.valueOf(audio.getMessage()));
    }
    if (e instanceof InputException input) {
      return new Failed(track, input.code(), String.valueOf(input.getMessage()));
    }
    return new Failed(track, UNREADABLE, "%s: %s".formatted(track.file(), e.getMessage()));
  }

  /** Returns what came of a track in the middle of which the user stopped the command. */
  static Failed stopped(Track track) {
    return new Failed(track, STOPPED, track.file() + ": stopped before its end");
  }

  /** Returns the message without the name of the recording. */
  String detail() {
    String name = track.file() + ": ";
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }
}
