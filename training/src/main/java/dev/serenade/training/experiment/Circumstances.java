package dev.serenade.training.experiment;

import dev.serenade.training.Checkpoints;
import java.util.Optional;

/**
 * What heads are trained under, besides recipe and clips.
 *
 * @param start the head that they start from; empty for random values
 * @param checkpoints where trainings keep their state, and go on from; they stay when all is done
 */
public record Circumstances(Optional<PretrainedHead> start, Checkpoints checkpoints) {

  /** Random first values, and nothing kept. */
  public static final Circumstances ORDINARY =
      new Circumstances(Optional.empty(), Checkpoints.NONE);

  /** Returns the same with trainings kept there. */
  public Circumstances keptIn(Checkpoints other) {
    return new Circumstances(start, other);
  }

  /** Returns the same with trainings that start from a head, if there is one. */
  public Circumstances startingFrom(Optional<PretrainedHead> head) {
    return new Circumstances(head, checkpoints);
  }

  /** Returns those of a part of the work. */
  Circumstances part(String name) {
    return keptIn(checkpoints.part(name));
  }
}
