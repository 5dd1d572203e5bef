package dev.serenade.spark;

import dev.serenade.audio.AudioFormatException;

/**
 * Why a recording has no scores.
 *
 * @param code one of {@link AudioFormatException.Reason}, or of the constants here: those that
 *     {@code serenade predict} prints
 * @param message one line for users that begins with the path of the recording
 */
record ScoringError(String code, String message) {

  static final String OUT_OF_MEMORY = "out-of-memory";
  static final String RECOGNITION_FAILED = "recognition-failed";

  static ScoringError of(AudioFormatException e) {
    return new ScoringError(e.reason().code(), String.valueOf(e.getMessage()));
  }

  static ScoringError of(AudioFormatException.Reason reason, String path, String detail) {
    return new ScoringError(reason.code(), path + ": " + detail);
  }

  static ScoringError outOfMemory(String path) {
    return new ScoringError(
        OUT_OF_MEMORY, path + ": too long for the memory that Java may use on its worker");
  }

  static ScoringError recognitionFailed(String path, RuntimeException e) {
    return new ScoringError(
        RECOGNITION_FAILED, "%s: recognition failed: %s".formatted(path, e.getMessage()));
  }
}
