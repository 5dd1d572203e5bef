package dev.serenade.evaluation.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.evaluation.significance.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExplanationTestTest {

  /** Sums of ten numbers below 1. */
  private static final double ROUNDING = 1e-12;

  private static final RemovalCurve FALLS_AT_ONCE = new RemovalCurve(List.of(0.8, 0.0, 0.0));
  private static final RemovalCurve FALLS_EVENLY = new RemovalCurve(List.of(0.8, 0.4, 0.0));
  private static final RemovalCurve FALLS_LATE = new RemovalCurve(List.of(0.8, 0.8, 0.0));

  @Test
  void theAreaIsTheMeanScore() {
    assertThat(FALLS_EVENLY.area()).isCloseTo(0.4, within(ROUNDING));
    assertThat(FALLS_AT_ONCE.area()).isCloseTo(0.2, within(ROUNDING));
    assertThat(new RemovalCurve(List.of(0.3, 0.7)).area()).isCloseTo(0.5, within(ROUNDING));
    assertThat(FALLS_LATE.backwards().scores()).containsExactly(0.0, 0.8, 0.8);
    assertThat(FALLS_LATE.backwards().area()).isEqualTo(FALLS_LATE.area());
  }

  @Test
  void aFaithfulOrderHasLessAreaThanARandomOne() {
    ExplanationTest test =
        test(clip("a", new OrderedRemoval(FALLS_AT_ONCE, FALLS_LATE)), evenClip("b"));
    Faithfulness score = test.faithfulness(1).get(0);

    assertThat(score.clips()).isEqualTo(2);
    assertThat(score.deletion().scores()).containsExactly(0.8, 0.2, 0.0);
    assertThat(score.insertion().scores()).containsExactly(0.0, 0.6000000000000001, 0.8);
    // (0.4 - 0.3) / 0.4, and as much above it.
    assertThat(score.deletionScore()).isCloseTo(0.25, within(ROUNDING));
    assertThat(score.insertionScore()).isCloseTo(0.25, within(ROUNDING));
  }

  @Test
  void theReverseOfAFaithfulOrderIsWorseThanRandom() {
    ExplanationTest test =
        test(
            clip("a", new OrderedRemoval(FALLS_LATE, FALLS_AT_ONCE)),
            clip("b", new OrderedRemoval(FALLS_LATE, FALLS_AT_ONCE)));
    Faithfulness score = test.faithfulness(1).get(0);

    assertThat(score.deletionScore()).isCloseTo(-0.5, within(ROUNDING));
    assertThat(score.insertionScore()).isCloseTo(-0.5, within(ROUNDING));
    assertThat(score.verdict()).isEqualTo("worse than random");
  }

  @Test
  void intervalsGoBySpeakerAndOneSpeakerHasNone() {
    OrderedRemoval good = new OrderedRemoval(FALLS_AT_ONCE, FALLS_LATE);
    Faithfulness alone = test(clip("a", good), clip("a", good)).faithfulness(1).get(0);
    Faithfulness alike = test(clip("a", good), clip("b", good)).faithfulness(1).get(0);
    Faithfulness apart = test(clip("a", good), evenClip("b")).faithfulness(1).get(0);

    assertThat(alone.deletionInterval()).isEmpty();
    assertThat(alone.verdict()).isEqualTo("no better than random shown");
    Interval interval = alike.deletionInterval().orElseThrow();
    assertThat(interval.low()).isCloseTo(0.5, within(ROUNDING));
    assertThat(interval.high()).isCloseTo(0.5, within(ROUNDING));
    assertThat(alike.verdict()).isEqualTo("better than random");
    assertThat(apart.deletionInterval().orElseThrow().contains(0)).isTrue();
    assertThat(apart.verdict()).isEqualTo("no better than random shown");
  }

  @Test
  void noiseIsNoBetterThanRandom() {
    SplittableRandom random = new SplittableRandom(11);
    List<ExplainedClip> clips = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      clips.add(
          new ExplainedClip(
              "clip " + i,
              "speaker " + i % 12,
              0.5,
              Map.of("noise", new OrderedRemoval(noise(random), noise(random))),
              List.of(noise(random), noise(random), noise(random))));
    }
    ExplanationTest test = new ExplanationTest(clips);

    assertThat(test.faithfulness(1).get(0).verdict()).isEqualTo("no better than random shown");
    assertThat(test.randomScores()).hasSize(3);
    assertThat(test.randomScores().stream().mapToDouble(Double::doubleValue).sum())
        .as("scores of random orders are around their own mean")
        .isCloseTo(0, within(ROUNDING));
    assertThat(test.faithfulness(1)).isEqualTo(test.faithfulness(1));
  }

  @Test
  void clipsWithoutAnOrderAreLeftOutOfItsScoreOnly() {
    ExplainedClip uniform =
        new ExplainedClip("u", "b", 1, Map.of(), List.of(FALLS_EVENLY, FALLS_EVENLY));
    ExplanationTest test = test(clip("a", new OrderedRemoval(FALLS_AT_ONCE, FALLS_LATE)), uniform);

    assertThat(test.faithfulness(1).get(0).clips()).isEqualTo(1);
    assertThat(test.faithfulness(1).get(0).deletionScore()).isCloseTo(0.5, within(ROUNDING));
    assertThat(test.medianUniformity()).isEqualTo(0.75);
    assertThat(test(uniform).faithfulness(1)).isEmpty();
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RemovalCurve(List.of(1.0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExplainedClip("c", "s", 1, Map.of(), List.of()))
        .withMessage("c: expected at least one random order, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                test(
                    evenClip("a"), new ExplainedClip("c", "s", 1, Map.of(), List.of(FALLS_EVENLY))))
        .withMessage("expected clips with equally many random orders, found 2 clips with [2, 1]");
    assertThatIllegalArgumentException().isThrownBy(() -> test());
  }

  private static RemovalCurve noise(SplittableRandom random) {
    return new RemovalCurve(List.of(0.8, random.nextDouble(), random.nextDouble(), 0.1));
  }

  private static ExplainedClip evenClip(String speaker) {
    return clip(speaker, new OrderedRemoval(FALLS_EVENLY, FALLS_EVENLY));
  }

  private static ExplainedClip clip(String speaker, OrderedRemoval removal) {
    return new ExplainedClip(
        "clip of " + speaker,
        speaker,
        0.5,
        Map.of("attention", removal),
        List.of(FALLS_AT_ONCE, FALLS_LATE));
  }

  private static ExplanationTest test(ExplainedClip... clips) {
    return new ExplanationTest(List.of(clips));
  }
}
