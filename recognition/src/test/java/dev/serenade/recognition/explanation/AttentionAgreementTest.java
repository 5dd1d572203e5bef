package dev.serenade.recognition.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.recognition.FloatVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttentionAgreementTest {

  private static final int STEP_FRAMES = 5;

  @Test
  void theSameOrderAgreesAndTheReverseDisagrees() {
    List<Double> rising = IntStream.range(0, 20).mapToObj(i -> (double) i).toList();
    List<Double> falling = new ArrayList<>(rising);
    Collections.reverse(falling);

    assertThat(agreement(rising, rising).tau()).isEqualTo(1);
    assertThat(agreement(rising, rising).isShown()).isTrue();
    assertThat(agreement(rising, falling).tau()).isEqualTo(-1);
    assertThat(agreement(rising, falling).isShown()).isFalse();
  }

  @Test
  void itIsKendallsTau() {
    // Of ten pairs seven are in the same order, two in opposite order, and one is tied.
    List<Double> attention = List.of(1.0, 2.0, 3.0, 4.0, 5.0);
    List<Double> changes = List.of(2.0, 1.0, 4.0, 3.0, 4.0);

    assertThat(agreement(attention, changes).tau()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void independentRankingsSeldomAgree() {
    SplittableRandom random = new SplittableRandom(3);
    int shown = 0;
    for (int i = 0; i < 1000; i++) {
      shown += agreement(noise(random), noise(random)).isShown() ? 1 : 0;
    }
    assertThat(shown).isBetween(25, 75);
  }

  @Test
  void aStepOrTwoShowNothing() {
    assertThat(agreement(List.of(1.0), List.of(1.0)).tau()).isZero();
    assertThat(agreement(List.of(1.0), List.of(1.0)).isShown()).isFalse();
    assertThat(agreement(List.of(1.0, 2.0), List.of(1.0, 2.0)).isShown()).isFalse();
  }

  @Test
  void attentionExplainsWhereItIsWhatCounts() {
    Occlusion occlusion = Occlusion.of(new RisingEvidence(150), "happy");

    assertThat(explanation(rising(1), occlusion).attentionExplains()).isTrue();
    assertThat(explanation(rising(-1), occlusion).attentionExplains()).isFalse();
    assertThat(explanation(rising(0), occlusion).attentionExplains()).isFalse();
  }

  private static Explanation explanation(FloatVector attention, Occlusion occlusion) {
    return new Explanation(
        AttentionUniformity.of(attention), AttentionAgreement.of(attention, occlusion), occlusion);
  }

  /** From little to much, or the reverse, or even. */
  private static FloatVector rising(int direction) {
    float[] weights = new float[150];
    for (int t = 0; t < 150; t++) {
      weights[t] = (1 + direction * (t - 74.5f) / 75) / 150;
    }
    return FloatVector.of(weights);
  }

  private static List<Double> noise(SplittableRandom random) {
    return IntStream.range(0, 25).mapToObj(i -> random.nextDouble()).toList();
  }

  private static AttentionAgreement agreement(List<Double> attention, List<Double> changes) {
    float[] weights = new float[STEP_FRAMES * attention.size() - 1];
    for (int t = 0; t < weights.length; t++) {
      weights[t] = attention.get(t / STEP_FRAMES).floatValue();
    }
    return AttentionAgreement.of(
        FloatVector.of(weights), new Occlusion("happy", STEP_FRAMES, changes, changes));
  }
}
