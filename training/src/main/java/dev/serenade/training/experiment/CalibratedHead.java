package dev.serenade.training.experiment;

import dev.serenade.evaluation.calibration.TemperatureScaling;
import dev.serenade.evaluation.calibration.VectorScaling;
import dev.serenade.recognition.head.Head;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trained head as a model file holds it: with a temperature, and all else that calibration found
 * folded into the classifier.
 *
 * @param head to be written
 * @param temperature what its logits are divided by
 * @param provenance what was folded
 */
record CalibratedHead(Head head, double temperature, Map<String, String> provenance) {

  static CalibratedHead of(TrainedFold trained) {
    Map<String, String> provenance = new LinkedHashMap<>();
    if (trained.calibration() instanceof TemperatureScaling scaling) {
      return new CalibratedHead(trained.head(), scaling.temperature(), provenance);
    }
    if (trained.calibration() instanceof VectorScaling scaling) {
      provenance.put("calibrationScales", scaling.scales().toString());
      provenance.put("calibrationBiases", scaling.biases().toString());
      return new CalibratedHead(folded(trained.head(), scaling), scaling.temperature(), provenance);
    }
    return new CalibratedHead(trained.head(), 1, provenance);
  }

  /** w z / T + b = (w z + T b) / T: the temperature stays what the model file says. */
  private static Head folded(Head head, VectorScaling scaling) {
    return head.foldLogitScaling(
        scaling.scales(),
        scaling.biases().stream().map(bias -> scaling.temperature() * bias).toList());
  }
}
