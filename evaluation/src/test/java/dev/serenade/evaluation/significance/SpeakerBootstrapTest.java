package dev.serenade.evaluation.significance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpeakerBootstrapTest {

  @Test
  void theSameSeedGivesTheSameInterval() {
    Predictions predictions = RandomPredictions.of(1, 10, 20);
    assertThat(interval(predictions, 5)).isEqualTo(interval(predictions, 5));
    assertThat(interval(predictions, 5)).isNotEqualTo(interval(predictions, 6));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void theIntervalLiesAroundTheValue(Metric metric) {
    Predictions predictions = RandomPredictions.of(2, 12, 20);
    Interval interval = SpeakerBootstrap.of(predictions, 1).interval95(metric::of).orElseThrow();
    assertThat(interval.contains(metric.of(predictions))).isTrue();
  }

  @Test
  void moreClipsThatSayTheSameOfTheSameSpeakersNarrowNothing() {
    Predictions once = RandomPredictions.of(3, 10, 20);
    Predictions fiveTimes = Predictions.concat(List.of(once, once, once, once, once));
    assertThat(interval(fiveTimes, 1)).isEqualTo(interval(once, 1));
  }

  @Test
  void anyStatisticHasTheIntervalThatTheConfusionMatrixGives() {
    Predictions predictions = RandomPredictions.of(5, 10, 20);
    List<List<Boolean>> correct =
        predictions.bySpeaker().values().stream()
            .map(clips -> clips.asList().stream().map(Prediction::correct).toList())
            .toList();
    Interval interval =
        SpeakerBootstrap.interval95(
                correct,
                clips -> clips.stream().mapToInt(right -> right ? 1 : 0).average().orElseThrow(),
                7)
            .orElseThrow();

    assertThat(interval).isEqualTo(interval(predictions, 7));
    assertThat(SpeakerBootstrap.interval95(correct.subList(0, 1), clips -> 1, 7)).isEmpty();
  }

  @Test
  void aSingleSpeakerHasNoInterval() {
    SpeakerBootstrap bootstrap = SpeakerBootstrap.of(RandomPredictions.of(4, 1, 20), 1);
    assertThat(bootstrap.interval95(Metric.MACRO_F1::of)).isEmpty();
  }

  /**
   * 300 corpora of 40 speakers whose true accuracy is 0.7 on average and differs by speaker. The
   * percentile interval covers a little less than it says; of 300, three standard errors are 4 %.
   */
  @Test
  void theIntervalHoldsTheTruthAboutNineteenTimesInTwenty() {
    int held = 0;
    for (int corpus = 0; corpus < 300; corpus++) {
      held += interval(speakersOfAccuracy70(corpus), corpus).contains(0.7) ? 1 : 0;
    }
    assertThat(held / 300.0).isBetween(0.89, 0.98);
  }

  private static Interval interval(Predictions predictions, long seed) {
    return SpeakerBootstrap.of(predictions, seed)
        .interval95(Metric.WEIGHTED_ACCURACY::of)
        .orElseThrow();
  }

  private static Predictions speakersOfAccuracy70(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ClassProbabilities yes = ClassProbabilities.of(List.of("yes", "no"), 1, 0);
    List<Prediction> predictions = new ArrayList<>();
    for (int s = 0; s < 40; s++) {
      double accuracy = random.nextDouble(0.5, 0.9);
      for (int c = 0; c < 10; c++) {
        String actual = random.nextDouble() < accuracy ? "yes" : "no";
        predictions.add(new Prediction(s + "/" + c, "s" + s, "all", actual, yes));
      }
    }
    return Predictions.of(predictions);
  }
}
