package dev.serenade.spark;

import dev.serenade.analysis.DoubtWish;
import dev.serenade.recognition.PrecisionChoice;
import dev.serenade.recognition.timeline.Timeline;
import java.util.Optional;

/**
 * How recordings are scored.
 *
 * @param model where the model file is, by any file system that Spark's Hadoop reads; empty for the
 *     model that comes with Serenade
 * @param precision in which numbers the encoder computes; not {@link PrecisionChoice#AUTO}, by
 *     which two workers could differ
 * @param doubt where no answer is given
 * @param timeline how recordings are divided, if a timeline is wanted
 * @param embedding whether the vector that the classifier saw is wanted
 * @param limits of one recording
 */
public record ScoringOptions(
    Optional<String> model,
    PrecisionChoice precision,
    DoubtWish doubt,
    Optional<Timeline> timeline,
    boolean embedding,
    RecordingLimits limits) {

  /** The default model as it was trained, always an answer, neither timeline nor embedding. */
  public static final ScoringOptions DEFAULT =
      new ScoringOptions(
          Optional.empty(),
          PrecisionChoice.FP32,
          DoubtWish.NONE,
          Optional.empty(),
          false,
          RecordingLimits.DEFAULT);

  /** Refuses a precision that is not the same on all machines. */
  public ScoringOptions {
    if (precision == PrecisionChoice.AUTO) {
      throw new IllegalArgumentException(
          "expected a precision that is the same on all workers, such as FP32 or INT8, found AUTO");
    }
  }

  /** Returns the same with the model of this file. */
  public ScoringOptions withModel(String file) {
    return new ScoringOptions(Optional.of(file), precision, doubt, timeline, embedding, limits);
  }

  /** Returns the same with a timeline. */
  public ScoringOptions withTimeline(Timeline windows) {
    return new ScoringOptions(model, precision, doubt, Optional.of(windows), embedding, limits);
  }

  /** Returns the same with embeddings. */
  public ScoringOptions withEmbedding() {
    return new ScoringOptions(model, precision, doubt, timeline, true, limits);
  }

  /** Returns the same with other limits. */
  public ScoringOptions withLimits(RecordingLimits other) {
    return new ScoringOptions(model, precision, doubt, timeline, embedding, other);
  }
}
