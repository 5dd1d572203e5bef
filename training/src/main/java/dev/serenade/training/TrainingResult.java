package dev.serenade.training;

import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.recognition.head.Head;
import java.util.List;

/**
 * What training gives.
 *
 * @param head as it was after the best epoch, standardisation folded in
 * @param bestEpoch counted from 1: the highest validation recall, of equal ones the lowest
 *     validation loss; the last epoch if there are no validation examples
 * @param history every epoch that was trained
 * @param validationLogits what the head gives each validation example, in their order; for fitting
 *     a temperature
 */
public record TrainingResult(
    Head head, int bestEpoch, List<EpochSummary> history, List<Logits> validationLogits) {

  /** Copies the lists. */
  public TrainingResult {
    history = List.copyOf(history);
    validationLogits = List.copyOf(validationLogits);
  }
}
