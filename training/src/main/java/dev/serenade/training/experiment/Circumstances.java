package dev.serenade.training.experiment;

import dev.serenade.training.Checkpoints;
import java.util.Optional;

/**
 * What heads are trained under, besides recipe and clips.
 *
 * @param start the head that they start from; empty for random values
 * @param checkpoints where trainings keep their state, and go on from; they stay when all is done
 * @param asReleased whether the epoch is chosen on the test clips, by accuracy, and dropout stays
 *     on while testing, as in the code released with arXiv 2602.06000
 */
public record Circumstances(
    Optional<PretrainedHead> start, Checkpoints checkpoints, boolean asReleased) {

  /** Random first values, nothing kept, test clips touched once. */
  public static final Circumstances ORDINARY =
      new Circumstances(Optional.empty(), Checkpoints.NONE, false);

  /** Returns the same with trainings kept there. */
  public Circumstances keptIn(Checkpoints other) {
    return new Circumstances(start, other, asReleased);
  }

  /** Returns the same with trainings that start from a head, if there is one. */
  public Circumstances startingFrom(Optional<PretrainedHead> head) {
    return new Circumstances(head, checkpoints, asReleased);
  }

  /** Returns the same with the epoch chosen on test clips or not. */
  public Circumstances asReleased(boolean wanted) {
    return new Circumstances(start, checkpoints, wanted);
  }

  /** Returns those of a part of the work. */
  Circumstances part(String name) {
    return keptIn(checkpoints.part(name));
  }
}
