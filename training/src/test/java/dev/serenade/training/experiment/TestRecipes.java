package dev.serenade.training.experiment;

import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.training.TrainingSettings;
import java.util.Map;

/** Recipes that take little time. */
final class TestRecipes {

  private TestRecipes() {}

  static Recipe quick() {
    return quick(Projector.LEARNED, false);
  }

  static Recipe refitting() {
    return quick(Projector.LEARNED, true);
  }

  static Recipe withPrincipalComponents() {
    return quick(Projector.PCA, false);
  }

  static Recipe linear() {
    return recipe(new MeanPooling(), Projector.NONE, false);
  }

  private static Recipe quick(Projector projector, boolean refit) {
    return recipe(QkvPooling.of(2, 4), projector, refit);
  }

  private static Recipe recipe(Pooling pooling, Projector projector, boolean refit) {
    return new Recipe(
        pooling,
        InputNormalisation.STANDARDISED,
        projector,
        8,
        0.1,
        TrainingSettings.DEFAULT.with(
            Map.of("epochs", "12", "peakLearningRate", "0.02", "seed", "5")),
        0.2,
        refit);
  }
}
