package dev.serenade.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Correctness, fairness and robustness of what was said, counted by hand. */
class JudgementTest {

  private static final Change CHANGE =
      new Change(
          StressGroup.BACKGROUND_NOISE,
          "babble",
          "",
          Treatment.NONE,
          Treatment.NONE,
          0.9,
          OptionalDouble.of(0.05));

  private final List<HeardClip> clips = new ArrayList<>();

  /** Adds clips of two speakers of a sex that are alike. */
  private void add(int count, String sex, String actual, String clean, String changed) {
    for (int i = 0; i < count; i++) {
      String id = "%s-%s-%s-%s-%d".formatted(sex, actual, clean, changed, clips.size());
      clips.add(Clips.heard(Clips.clip(id, sex + i % 2, sex, actual), clean, changed));
    }
  }

  private static TestResult named(String name, List<TestResult> results) {
    return results.stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private static double value(String name, List<TestResult> results) {
    return named(name, results).value().orElseThrow();
  }

  private List<TestResult> correctness() {
    return Correctness.of(
        Predictions.of(clips.stream().map(heard -> heard.labelled(heard.clean())).toList()), 1);
  }

  @Test
  void classesAreCounted() {
    add(16, "female", "angry", "angry", "angry");
    add(4, "female", "angry", "sad", "sad");
    add(4, "male", "sad", "sad", "sad");
    add(6, "male", "sad", "angry", "angry");
    List<TestResult> results = correctness();

    assertThat(value("recall of angry", results)).isEqualTo(0.8);
    assertThat(value("recall of sad", results)).isEqualTo(0.4);
    assertThat(named("recall of sad", results).failed()).isTrue();
    assertThat(value("precision of angry", results)).isEqualTo(16 / 22.0);
    assertThat(value("precision of sad", results)).isEqualTo(0.5);
    assertThat(named("precision of sad", results).passed()).isTrue();
    assertThat(value("average recall", results)).isCloseTo(0.6, within(1e-12));
    assertThat(value("share of angry", results)).isCloseTo(2 / 30.0, within(1e-12));
    assertThat(named("share of angry by speaker", results).notTested())
        .contains("0 speakers have 8 clips of each class; 2 are needed");
  }

  @Test
  void speakersSharesAreTheirOwn() {
    // One speaker's classes are said too often, the other's too rarely: together none is.
    for (String speaker : List.of("s0", "s1")) {
      for (int i = 0; i < 20; i++) {
        String actual = i < 10 ? "angry" : "sad";
        String clean = i == 0 && speaker.equals("s0") ? "sad" : actual;
        clean = i == 19 && speaker.equals("s1") ? "angry" : clean;
        clips.add(
            Clips.heard(Clips.clip(speaker + "-" + i, speaker, "male", actual), clean, clean));
      }
    }
    assertThat(value("share of angry", correctness())).isZero();
    assertThat(value("share of angry by speaker", correctness())).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void tooFewClipsOfAClassSayNothing() {
    add(20, "female", "angry", "angry", "angry");
    add(4, "male", "sad", "sad", "sad");

    assertThat(named("recall of sad", correctness()).notTested())
        .contains("4 clips are sad; 5 are needed");
  }

  @Test
  void aSexIsComparedWithAll() {
    add(20, "female", "angry", "angry", "angry");
    add(20, "female", "sad", "sad", "sad");
    add(16, "male", "angry", "angry", "angry");
    add(4, "male", "angry", "sad", "sad");
    add(20, "male", "sad", "sad", "sad");
    List<TestResult> results = FairnessGroups.sex(clips, 1);

    // All: 36 of 40 angry and all sad ones, 0.95. Women: 1. Men: 0.9.
    assertThat(value("recall, female", results)).isCloseTo(0.05, within(1e-12));
    assertThat(value("recall, male", results)).isCloseTo(-0.05, within(1e-12));
    assertThat(value("recall of angry, male", results)).isCloseTo(-0.1, within(1e-12));
    assertThat(results).hasSize(6).allMatch(TestResult::passed);
    assertThat(named("recall, male", results).interval95().orElseThrow().contains(-0.05)).isTrue();
    assertThat(named("recall, male", results).clips()).isEqualTo(40);
  }

  @Test
  void smallAndSoleGroupsAreNotTested() {
    add(29, "female", "angry", "angry", "angry");
    assertThat(FairnessGroups.sex(clips, 1))
        .allSatisfy(result -> assertThat(result.notTested()).isPresent());
    add(6, "female", "sad", "sad", "sad");
    List<TestResult> results = FairnessGroups.sex(clips, 1);

    assertThat(named("recall, female", results).notTested())
        .contains("all clips are of this group");
    assertThat(named("recall, male", results).notTested()).contains("0 clips; 30 are needed");
  }

  @Test
  void speakersArePutByTheMeanOfTheirClips() {
    add(4, "female", "angry", "angry", "angry");
    assertThat(FairnessGroups.speakersPitchHz(clips).get("female0")).isEqualTo(120);
    HeardClip first = clips.get(0);
    for (double hertz : new double[] {180, 600}) {
      clips.add(
          new HeardClip(
              first.clip(), first.clean(), List.of(), List.of(), OptionalDouble.of(hertz)));
    }
    // 600 Hz is taken for a mistake.
    assertThat(FairnessGroups.speakersPitchHz(clips).get("female0")).isEqualTo(140);
  }

  @Test
  void aChangeIsMeasuredAgainstWhatWasSaidBefore() {
    add(18, "female", "angry", "angry", "angry");
    add(2, "female", "angry", "angry", "sad");
    add(8, "male", "sad", "sad", "sad");
    // Wrong before and after, though in the same way: unchanged.
    add(2, "male", "sad", "angry", "angry");
    List<TestResult> results = Robustness.of(CHANGE, 0, clips, 1);

    assertThat(value("unchanged, babble", results)).isCloseTo(28 / 30.0, within(1e-12));
    assertThat(named("unchanged, babble", results).passed()).isTrue();
    assertThat(value("recall loss, babble", results)).isCloseTo(0.05, within(1e-12));
    assertThat(named("recall loss, babble", results).passed()).isTrue();
    assertThat(named("recall loss, babble", results).interval95().orElseThrow().contains(0.05))
        .isTrue();
  }

  @Test
  void recallThatIsWonIsNoLoss() {
    add(10, "female", "angry", "sad", "angry");
    add(10, "male", "sad", "sad", "sad");
    List<TestResult> results = Robustness.of(CHANGE, 0, clips, 1);

    assertThat(value("recall loss, babble", results)).isEqualTo(-0.5);
    assertThat(named("recall loss, babble", results).passed()).isTrue();
    assertThat(named("unchanged, babble", results).failed()).isTrue();
  }
}
