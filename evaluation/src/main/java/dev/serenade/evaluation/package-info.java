/**
 * Judges predictions: confusion matrix, metrics, and the predictions file they come from.
 *
 * <p>Everything here compares labels and probabilities, and knows of no model, so it can judge
 * anyone's. Start with {@link dev.serenade.evaluation.Predictions}; {@link
 * dev.serenade.evaluation.Metric} turns its confusion matrix into one number. Subpackages: {@code
 * calibration} asks whether confidences are true, {@code significance} whether differences are,
 * {@code report} writes it all down.
 */
package dev.serenade.evaluation;
