package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrainingSettingsTest {

  /** "AdamW, peak lr 10e-4, cosine schedule with 10 % warm-up, batch 16, 30 epochs, CE." */
  @Test
  void defaultsAreThePapers() {
    TrainingSettings paper = TrainingSettings.DEFAULT;
    assertThat(paper.peakLearningRate()).isEqualTo(10e-4);
    assertThat(paper.warmUpFraction()).isEqualTo(0.1);
    assertThat(paper.schedule()).isEqualTo(Schedule.COSINE);
    assertThat(paper.batchSize()).isEqualTo(16);
    assertThat(paper.epochs()).isEqualTo(30);
    assertThat(paper.loss()).isEqualTo(Loss.CROSS_ENTROPY);
    assertThat(paper.classWeights()).isEqualTo(ClassWeights.NONE);
    assertThat(paper.labelSmoothing()).isZero();
    assertThat(paper.sampling()).isEqualTo(Sampling.UNIFORM);
    assertThat(paper.perturbations()).isEqualTo(Perturbations.NONE);
    assertThat(paper.patience()).isZero();
  }

  @Test
  void textIsReadBack() {
    TrainingSettings other =
        new TrainingSettings(
            7,
            3,
            0.5,
            0.25,
            0,
            Loss.FOCAL,
            ClassWeights.BALANCED,
            0.1,
            Sampling.BALANCED,
            new Perturbations(0.5, 0.25, 0.125, 2),
            4,
            Schedule.CONSTANT,
            -9);
    assertThat(TrainingSettings.DEFAULT.with(other.toMap())).isEqualTo(other);
  }

  @Test
  void oneSettingChangesAlone() {
    TrainingSettings changed = TrainingSettings.DEFAULT.with("loss", "focal");
    assertThat(changed.loss()).isEqualTo(Loss.FOCAL);
    assertThat(changed.with("loss", "cross-entropy")).isEqualTo(TrainingSettings.DEFAULT);
  }

  @Test
  void badSettingsAreNamed() {
    assertRefused(Map.of("learningRate", "1"), "there is no setting learningRate; there are");
    assertRefused(Map.of("epochs", "many"), "epochs: expected a number of its kind, found many");
    assertRefused(Map.of("epochs", "0"), "epochs: expected at least 1, found 0");
    assertRefused(Map.of("labelSmoothing", "1"), "labelSmoothing: expected in [0, 1), found 1.0");
    assertRefused(Map.of("frameShare", "0"), "frameShare: expected in (0, 1], found 0.0");
    assertRefused(Map.of("timeMask", "1"), "timeMask: expected in [0, 1), found 1.0");
    assertRefused(Map.of("featureMask", "-1"), "featureMask: expected in [0, 1), found -1.0");
    assertRefused(Map.of("mixup", "NaN"), "mixup: expected at least 0, found NaN");
    assertRefused(
        Map.of("loss", "hinge"), "loss: expected one of [cross-entropy, focal], found hinge");
  }

  private static void assertRefused(Map<String, String> changes, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingSettings.DEFAULT.with(changes))
        .withMessageStartingWith(message);
  }
}
