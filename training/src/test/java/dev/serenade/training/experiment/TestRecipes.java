package dev.serenade.training.experiment;

import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.training.TrainingSettings;
import java.util.Map;

/** Recipes that take little time. */
final class TestRecipes {

  private TestRecipes() {}

  static Recipe quick() {
    return quick(false);
  }

  static Recipe refitting() {
    return quick(true);
  }

  private static Recipe quick(boolean refit) {
    return new Recipe(
        QkvPooling.of(2, 4),
        InputNormalisation.STANDARDISED,
        8,
        0.1,
        TrainingSettings.DEFAULT.with(
            Map.of("epochs", "12", "peakLearningRate", "0.02", "seed", "5")),
        0.2,
        refit);
  }
}
