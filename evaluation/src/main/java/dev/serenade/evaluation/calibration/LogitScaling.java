package dev.serenade.evaluation.calibration;

/**
 * Turns logits into probabilities that are as often right as they say, with few numbers that were
 * fitted on clips of held-out speakers.
 */
public sealed interface LogitScaling permits TemperatureScaling, VectorScaling {

  /** What leaves probabilities as the model was trained to give them: softmax(z). */
  LogitScaling NONE = new TemperatureScaling(1);

  /** Returns the probabilities, in the order of the logits. */
  double[] apply(Logits logits);
}
