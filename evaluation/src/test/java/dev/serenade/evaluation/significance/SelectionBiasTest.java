package dev.serenade.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SelectionBiasTest {

  private static final Metric UA = Metric.UNWEIGHTED_AVERAGE_RECALL;
  private static final List<String> CLASSES = List.of("angry", "sad");

  /** Returns a run that is right as often as that, by chance. */
  private static Predictions run(int speakers, double skill, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Prediction> predictions = new ArrayList<>();
    for (int s = 0; s < speakers; s++) {
      for (int i = 0; i < 20; i++) {
        double ofActual = random.nextDouble() < skill ? 1 : 0;
        double ofFirst = i % 2 == 0 ? ofActual : 1 - ofActual;
        predictions.add(
            new Prediction(
                s + "-" + i,
                "s" + s,
                "f" + s,
                CLASSES.get(i % 2),
                ClassProbabilities.of(CLASSES, ofFirst, 1 - ofFirst)));
      }
    }
    return Predictions.of(predictions);
  }

  @Test
  void oneRunAloneIsNotTooGood() {
    Predictions run = run(10, 0.7, 1);
    SelectionBias bias = SelectionBias.of(List.of(run), UA, 1).orElseThrow();

    assertThat(bias.score()).isEqualTo(UA.of(run));
    assertThat(bias.corrected()).isEqualTo(bias.score());
  }

  @Test
  void amongRunsThatAreAlikeTheCorrectionIsNearTheTruth() {
    double skill = 0.7;
    double score = 0;
    double corrected = 0;
    int repeats = 10;
    for (int r = 0; r < repeats; r++) {
      List<Predictions> runs = new ArrayList<>();
      for (int i = 0; i < 15; i++) {
        runs.add(run(10, skill, 1000L * r + i));
      }
      SelectionBias bias = SelectionBias.of(runs, UA, r).orElseThrow();
      assertThat(bias.optimism()).isPositive();
      score += bias.score() / repeats;
      corrected += bias.corrected() / repeats;
    }
    assertThat(score).isGreaterThan(skill + 0.04);
    assertThat(corrected).isCloseTo(skill, within(0.02));
  }

  @Test
  void aRunThatIsFarAheadIsChosenAndHardlyTooGood() {
    List<Predictions> runs = List.of(run(10, 0.6, 1), run(10, 0.95, 2), run(10, 0.6, 3));
    SelectionBias bias = SelectionBias.of(runs, UA, 1).orElseThrow();

    assertThat(bias.best()).isEqualTo(1);
    assertThat(bias.optimism()).isLessThan(0.005);
  }

  @Test
  void oneSpeakerIsNotEnough() {
    assertThat(SelectionBias.of(List.of(run(1, 0.7, 1)), UA, 1)).isEmpty();
  }

  @Test
  void runsOverOtherSpeakersAreRefused() {
    assertThatThrownBy(() -> SelectionBias.of(List.of(run(4, 0.7, 1), run(3, 0.7, 1)), UA, 1))
        .hasMessageContaining("expected runs over the same speakers [s0, s1, s2, s3]");
  }
}
