package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.calibration.DecisionThresholds;
import dev.serenade.evaluation.figure.AttentionTrace;
import java.util.List;
import java.util.Optional;
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
 * @param attention clips of the test set to show attention for; may be empty
 * @param uncalibrated how good the probabilities were before they were made honest, if it is known
 * @param thresholds what held-out clips said of this fold's model, if there were any
 */
public record FoldResult(
    String name,
    Predictions predictions,
    List<EpochScores> epochs,
    OptionalInt chosenEpoch,
    List<AttentionTrace> attention,
    Optional<Calibration> uncalibrated,
    Optional<DecisionThresholds> thresholds) {

  public FoldResult {
    epochs = List.copyOf(epochs);
    attention = List.copyOf(attention);
    if (!predictions.byFold().keySet().equals(Set.of(name))) {
      throw new IllegalArgumentException(
          "fold %s: expected predictions of this fold only, found those of %s"
              .formatted(name, predictions.byFold().keySet()));
    }
  }

  /** A fold of whose confidence no more is known than its predictions tell. */
  public FoldResult(
      String name,
      Predictions predictions,
      List<EpochScores> epochs,
      OptionalInt chosenEpoch,
      List<AttentionTrace> attention) {
    this(name, predictions, epochs, chosenEpoch, attention, Optional.empty(), Optional.empty());
  }

  /** A fold of a model that was trained elsewhere. */
  public FoldResult(String name, Predictions predictions) {
    this(name, predictions, List.of(), OptionalInt.empty(), List.of());
  }

  /**
   * Returns this fold without clips to show attention for: for heads whose rows are not frames of
   * the sound.
   */
  public FoldResult withoutAttention() {
    return new FoldResult(
        name, predictions, epochs, chosenEpoch, List.of(), uncalibrated, thresholds);
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
