package dev.serenade.recognition.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.recognition.FloatVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RemovalCurvesTest {

  /** Parts are of 15 frames: the evidence is part 4. */
  private static final PlantedEvidence CLIP = new PlantedEvidence(150, 60, 75);

  private final RemovalCurves curves = new RemovalCurves(CLIP, "happy");

  @Test
  void whatCountsGoesFirstAndTheScoreFallsAtOnce() {
    List<Integer> order = curves.order(Occlusion.of(CLIP, "happy"));
    List<Double> curve = curves.deletion(List.of(order)).get(0);

    assertThat(order).hasSize(10).startsWith(4).containsOnlyOnce(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(curve).hasSize(11);
    assertThat(curve.get(0)).isCloseTo(0.9, within(1e-12));
    assertThat(curve.subList(1, 11))
        .allSatisfy(score -> assertThat(score).isCloseTo(0.1, within(1e-12)));
  }

  @Test
  void theReverseOrderKeepsTheScoreToTheLast() {
    List<Integer> order = new ArrayList<>(curves.order(Occlusion.of(CLIP, "happy")));
    Collections.reverse(order);
    List<Double> curve = curves.deletion(List.of(order)).get(0);

    assertThat(curve.subList(0, 10))
        .allSatisfy(score -> assertThat(score).isCloseTo(0.9, within(1e-12)));
    assertThat(curve.get(10)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void anyOrderBeginsWithTheClipAndEndsWithNothing() {
    SplittableRandom random = new SplittableRandom(3);
    List<List<Integer>> orders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      orders.add(RemovalCurves.random(random));
    }
    List<List<Double>> together = curves.deletion(orders);

    assertThat(orders).doesNotHaveDuplicates();
    for (int i = 0; i < orders.size(); i++) {
      assertThat(together.get(i).get(0)).isCloseTo(0.9, within(1e-12));
      assertThat(together.get(i).get(10)).isCloseTo(0.1, within(1e-12));
      assertThat(curves.deletion(List.of(orders.get(i))).get(0)).isEqualTo(together.get(i));
    }
  }

  @Test
  void theSameSeedGivesTheSameOrder() {
    assertThat(RemovalCurves.random(new SplittableRandom(8)))
        .isEqualTo(RemovalCurves.random(new SplittableRandom(8)));
  }

  @Test
  void attentionOrdersPartsByItsMean() {
    float[] weights = new float[150];
    for (int t = 0; t < 150; t++) {
      weights[t] = t / 11175f;
    }
    weights[0] = 0.05f;

    assertThat(curves.order(FloatVector.of(weights))).containsExactly(9, 8, 7, 6, 5, 4, 3, 0, 2, 1);
  }

  @Test
  void partsOfUnequalLengthCoverTheClip() {
    PlantedEvidence odd = new PlantedEvidence(37, 36, 37);
    List<Double> curve =
        new RemovalCurves(odd, "happy")
            .deletion(List.of(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)))
            .get(0);

    assertThat(curve.get(9)).isCloseTo(0.9, within(1e-12));
    assertThat(curve.get(10)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void ordersThatLeaveAPartOutAndClipsTooShortAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curves.deletion(List.of(List.of(0, 1))))
        .withMessage("expected every part from 0 to 9 once, found [0, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> curves.order(FloatVector.of(1)))
        .withMessage("expected a value for each of 150 frames, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RemovalCurves(new PlantedEvidence(9, 0, 1), "happy"))
        .withMessage("expected a clip of at least 10 frames, found 9");
  }
}
