package dev.serenade.training;

import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.Projector;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Those parameters of a head that are measured before training, which does not change them. */
final class MeasuredParameters {

  private MeasuredParameters() {}

  /**
   * Measures them on training clips.
   *
   * @param standardisation of these clips
   * @throws InterruptedException if the thread was interrupted
   */
  static Map<String, FloatTensor> of(
      HeadSpec spec, ExampleSet training, Standardisation standardisation)
      throws InterruptedException {
    Map<String, FloatTensor> all = new HashMap<>();
    all.put(HeadSpec.INPUT_MEAN, standardisation.mean());
    all.put(HeadSpec.INPUT_DEVIATION, standardisation.deviation());
    if (spec.projector() == Projector.PCA) {
      PrincipalComponents components = PrincipalComponents.of(spec, training, standardisation);
      all.put(HeadSpec.PROJECTOR_WEIGHT, components.rows());
      all.put(HeadSpec.PROJECTOR_BIAS, components.offsets());
    }
    Map<String, FloatTensor> measured = new HashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      if (!parameter.learned()) {
        measured.put(parameter.name(), Objects.requireNonNull(all.get(parameter.name())));
      }
    }
    return measured;
  }
}
