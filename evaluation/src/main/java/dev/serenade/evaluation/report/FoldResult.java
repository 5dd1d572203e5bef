package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Predictions;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One fold: what was predicted on its test set, and how training got there.
 *
 * @param name as in {@code predictions.csv}
 * @param predictions of the test set, all of this fold
 * @param epochs in order from epoch 1; empty for a model that was trained elsewhere
 * @param chosenEpoch the epoch whose weights predicted, if it is known
 */
public record FoldResult(
    String name, Predictions predictions, List<EpochScores> epochs, OptionalInt chosenEpoch) {

  public FoldResult {
    epochs = List.copyOf(epochs);
    if (!predictions.byFold().keySet().equals(Set.of(name))) {
      throw new IllegalArgumentException(
          "fold %s: expected predictions of this fold only, found those of %s"
              .formatted(name, predictions.byFold().keySet()));
    }
  }

  /** A fold of a model that was trained elsewhere. */
  public FoldResult(String name, Predictions predictions) {
    this(name, predictions, List.of(), OptionalInt.empty());
  }

  /** Returns the recall on validation clips by which the epoch was chosen, if there were any. */
  OptionalDouble chosenValidationRecall() {
    return epochs.stream()
        .filter(epoch -> chosenEpoch.isPresent() && epoch.epoch() == chosenEpoch.getAsInt())
        .mapToDouble(EpochScores::validationRecall)
        .filter(Double::isFinite)
        .findFirst();
  }
}
