package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.training.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecipeTest {

  @Test
  void allOfItIsInTheMap() {
    Recipe recipe = TestRecipes.quick();

    assertThat(recipe.toMap())
        .containsAllEntriesOf(recipe.settings().toMap())
        .containsEntry("pooling", recipe.pooling().toJson().toString())
        .containsEntry("inputNormalisation", "standardised")
        .containsEntry("projectionWidth", "8")
        .containsEntry("dropout", "0.1")
        .containsEntry("validationFraction", "0.2")
        .containsEntry("refit", "false");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void theValidationFractionIsBetweenZeroAndOne(double fraction) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Recipe(
                    new MeanPooling(),
                    InputNormalisation.NONE,
                    8,
                    0,
                    TrainingSettings.DEFAULT,
                    fraction,
                    false))
        .withMessage("expected a validation fraction in (0, 1), found " + fraction);
  }

  @Test
  void whatNoHeadCanBeIsRefusedAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Recipe(
                    new MeanPooling(),
                    InputNormalisation.NONE,
                    8,
                    1.5,
                    TrainingSettings.DEFAULT,
                    0.2,
                    false))
        .withMessageContaining("dropout");
  }
}
