package dev.serenade.speed;

import dev.serenade.whisper.Precision;
import dev.serenade.whisper.onnx.SessionSettings;
import java.util.List;

/**
 * What is measured, and how often.
 *
 * @param seconds lengths of clips, all above 0 and at most as long as the encoder hears at once
 * @param batches how many clips are done together, all at least 1
 * @param precisions in which the encoder computes
 * @param session on what, and with how many threads on one clip
 * @param rounds how often each case is measured; other cases are measured in between
 */
public record SpeedSettings(
    List<Double> seconds,
    List<Integer> batches,
    List<Precision> precisions,
    SessionSettings session,
    int rounds) {

  /** Copies the lists and checks the ranges. */
  public SpeedSettings {
    seconds = List.copyOf(seconds);
    batches = List.copyOf(batches);
    precisions = List.copyOf(precisions);
    if (seconds.isEmpty() || !seconds.stream().allMatch(s -> s > 0 && Double.isFinite(s))) {
      throw new IllegalArgumentException(
          "expected at least one length of clips, all above 0 s, found " + seconds);
    }
    if (batches.isEmpty() || !batches.stream().allMatch(batch -> batch >= 1)) {
      throw new IllegalArgumentException(
          "expected at least one size of batches, all at least 1, found " + batches);
    }
    if (precisions.isEmpty()) {
      throw new IllegalArgumentException("expected at least one precision, found none");
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("expected at least 1 round, found " + rounds);
    }
  }
}
