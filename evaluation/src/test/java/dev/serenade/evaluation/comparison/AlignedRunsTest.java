package dev.serenade.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignedRunsTest {

  private static final List<String> CLASSES = List.of("angry", "sad");

  private static Prediction clip(String name, String speaker, String actual) {
    return new Prediction(name, speaker, "1", actual, ClassProbabilities.of(CLASSES, 0.8, 0.2));
  }

  private static ComparedRun run(String name, Prediction... predictions) {
    return new ComparedRun(name, Predictions.of(Arrays.asList(predictions)));
  }

  @Test
  void runsAreBroughtToTheirCommonClipsInTheOrderOfTheFirst() {
    ComparedRun first = run("a", clip("1", "s", "sad"), clip("2", "t", "sad"));
    ComparedRun second =
        run("b", clip("3", "t", "sad"), clip("2", "t", "sad"), clip("1", "s", "sad"));
    AlignedRuns aligned = AlignedRuns.of(List.of(first, second));

    assertThat(aligned.isComplete()).isFalse();
    assertThat(aligned.leftOut()).containsExactly(List.of(), List.of("3"));
    assertThat(aligned.runs().get(1).predictions().asList())
        .extracting(Prediction::clip)
        .containsExactly("1", "2");
    assertThat(AlignedRuns.of(List.of(first, first)).isComplete()).isTrue();
  }

  @Test
  void classesInAnotherOrderOrMoreOfThemAreReconciled() {
    Prediction other =
        new Prediction(
            "1",
            "s",
            "1",
            "sad",
            ClassProbabilities.of(List.of("sad", "bored", "angry"), 0.5, 0.4, 0.1));
    AlignedRuns aligned = AlignedRuns.of(List.of(run("a", clip("1", "s", "sad")), run("b", other)));

    assertThat(aligned.runs())
        .extracting(run -> run.predictions().classes())
        .containsOnly(List.of("angry", "sad", "bored"));
    assertThat(aligned.runs().get(0).predictions().asList().get(0).probabilities().toArray())
        .containsExactly(0.8, 0.2, 0);
    assertThat(aligned.runs().get(1).predictions().asList().get(0).probabilities().toArray())
        .containsExactly(0.1, 0.5, 0.4);
  }

  @Test
  void labelsAndSpeakersMustAgree() {
    ComparedRun first = run("a.csv", clip("1", "s", "sad"));
    assertThatThrownBy(() -> AlignedRuns.of(List.of(first, run("b.csv", clip("1", "s", "angry")))))
        .hasMessage("clip 1 is sad by speaker s in a.csv, but angry by speaker s in b.csv");
    assertThatThrownBy(() -> AlignedRuns.of(List.of(first, run("b.csv", clip("1", "t", "sad")))))
        .hasMessageContaining("but sad by speaker t in b.csv");
  }

  @Test
  void clipsThatAreThereTwiceOrNowhereElseAreRefused() {
    ComparedRun first = run("a", clip("1", "s", "sad"));
    ComparedRun twice = run("b", clip("1", "s", "sad"), clip("1", "s", "sad"));
    assertThatThrownBy(() -> AlignedRuns.of(List.of(first, twice)))
        .hasMessage("b: expected each clip once, found 1 twice");
    assertThatThrownBy(() -> AlignedRuns.of(List.of(first, run("c", clip("./1", "s", "sad")))))
        .hasMessage("no clip is in all runs: a has clips such as 1, c such as ./1");
  }
}
