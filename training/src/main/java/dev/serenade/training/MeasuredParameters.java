package dev.serenade.training;

import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Map;

/** Those parameters of a head that are measured before training, which does not change them. */
final class MeasuredParameters {

  private MeasuredParameters() {}

  /** Returns them, given what was measured on the training clips. */
  static Map<String, FloatTensor> of(HeadSpec spec, Standardisation standardisation) {
    if (spec.parameters().stream().allMatch(ParameterSpec::learned)) {
      return Map.of();
    }
    return Map.of(
        HeadSpec.INPUT_MEAN,
        standardisation.mean(),
        HeadSpec.INPUT_DEVIATION,
        standardisation.deviation());
  }
}
