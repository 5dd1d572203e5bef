package dev.serenade.evaluation.report;

/**
 * What one epoch of training reached. A number that is not known, or not finite as training has
 * diverged, may be NaN; curves have a gap there, and {@code results.json} null.
 *
 * @param epoch counted from 1
 * @param trainingLoss mean loss over the epoch's batches
 * @param validationLoss mean loss on the validation set
 * @param validationAccuracy weighted accuracy on the validation set
 * @param validationRecall unweighted average recall on the validation set
 */
public record EpochScores(
    int epoch,
    double trainingLoss,
    double validationLoss,
    double validationAccuracy,
    double validationRecall) {}
