package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.serenade.recognition.head.ConcatenatedLayers;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.head.WeightedLayers;
import dev.serenade.training.TrainingSettings;
import java.util.List;
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
        .containsEntry("projector", "learned")
        .containsEntry("projectionWidth", "8")
        .containsEntry("dropout", "0.1")
        .containsEntry("validationFraction", "0.2")
        .containsEntry("refit", "false");
  }

  @Test
  void settingsOfALinearHeadThatAreOfNoMatterAreNotInTheMap() {
    assertThat(TestRecipes.linear().isLinear()).isTrue();
    assertThat(TestRecipes.quick().isLinear()).isFalse();
    assertThat(TestRecipes.linear().toMap())
        .containsOnly(
            entry("pooling", "{\"kind\":\"mean\"}"),
            entry("inputNormalisation", "standardised"),
            entry("projector", "none"),
            entry("seed", "5"),
            entry("calibration", "temperature"));
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
                    Projector.LEARNED,
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
                    Projector.LEARNED,
                    8,
                    1.5,
                    TrainingSettings.DEFAULT,
                    0.2,
                    false))
        .withMessageContaining("dropout");
  }

  @Test
  void principalComponentsNeedLayersThatStayTheSameAndAreWideEnough() {
    Recipe recipe = TestRecipes.withPrincipalComponents();
    LayerFusion weighted = new WeightedLayers(List.of(1, 2));

    recipe.check(new SingleLayer(1), 8);
    recipe.check(new ConcatenatedLayers(List.of(1, 2)), 4);
    TestRecipes.quick().check(weighted, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe.check(weighted, 8))
        .withMessage(
            "a pca projector is measured before training, so it expects one layer or concat, found"
                + " weighted:1-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe.check(new SingleLayer(1), 7))
        .withMessage(
            "expected at most as many principal components as hidden states are wide, 7, found 8");
  }
}
