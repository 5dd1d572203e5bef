package dev.serenade.training;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.List;

/**
 * A training between two epochs: all that the epochs to come depend on, besides what the training
 * is made of. Random numbers are not among it, as those of an epoch depend on seed and epoch alone.
 *
 * @param steps how many steps were taken
 * @param history every epoch so far, at least one
 * @param bestEpoch counted from 1
 * @param parameters all values of the head, those that are not learned last
 * @param firstMoments m of AdamW, one for each learned value
 * @param secondMoments v of AdamW
 * @param best all values of the head as they were after the best epoch
 * @param difficulties of the training examples, in their order
 */
record TrainingState(
    int steps,
    List<EpochSummary> history,
    int bestEpoch,
    FloatTensor parameters,
    FloatTensor firstMoments,
    FloatTensor secondMoments,
    FloatTensor best,
    FloatTensor difficulties) {

  /** Copies the list. */
  TrainingState {
    history = List.copyOf(history);
  }
}
