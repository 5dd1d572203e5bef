package dev.serenade.audio;

import java.util.Objects;

/**
 * A stretch of a recording that could not be decoded.
 *
 * @param startSeconds where it starts
 * @param endSeconds where it ends; its start if that is not known, as at the end of a recording
 *     that was cut short and does not say how long it was
 * @param detail what is wrong there, for users
 */
public record Gap(double startSeconds, double endSeconds, String detail) {

  /** Checks that the end is not before the start, nor the start before the recording. */
  public Gap {
    Objects.requireNonNull(detail, "detail");
    if (!(startSeconds >= 0 && endSeconds >= startSeconds)) {
      throw new IllegalArgumentException(
          "expected a gap from 0 s on that ends after its start, found %s s to %s s"
              .formatted(startSeconds, endSeconds));
    }
  }
}
