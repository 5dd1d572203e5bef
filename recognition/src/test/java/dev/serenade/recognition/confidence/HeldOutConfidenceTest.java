package dev.serenade.recognition.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.recognition.confidence.HeldOutConfidence.SetLevel;
import dev.serenade.recognition.confidence.HeldOutConfidence.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldOutConfidenceTest {

  private static final HeldOutConfidence KNOWN =
      new HeldOutConfidence(
          300,
          6,
          List.of(
              new Step(0.9, 100, 1),
              new Step(0.8, 150, 5),
              new Step(0.6, 200, 16),
              new Step(0.3, 300, 60)),
          List.of(new SetLevel(0.8, 0.4), new SetLevel(0.9, 0.2), new SetLevel(0.95, 0.05)));

  @Test
  void abstainsWhereTheBoundAndNotTheRateOfErrorsKeepsTheTarget() {
    // Of the first step 1 % are wrong, but with a doubt of 0.05 / 3 it may be up to 5.8 %.
    assertThat(KNOWN.abstainBelow(0.05)).isEmpty();
    assertThat(KNOWN.abstainBelow(0.06)).hasValue(0.9);
    assertThat(KNOWN.abstainBelow(0.1)).hasValue(0.8);
    assertThat(KNOWN.abstainBelow(0.3)).hasValue(0.3);
    assertThat(KNOWN.lowestPromise()).isBetween(0.05, 0.06);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theLowestPromiseIsKeptAndNoLowerOne(long seed) {
    Random random = new Random(seed);
    List<Step> steps = new ArrayList<>();
    int answered = 0;
    int wrong = 0;
    for (int i = 0; i < 30; i++) {
      answered += 1 + random.nextInt(20);
      wrong = Math.min(answered, wrong + random.nextInt(4));
      steps.add(new Step(0.99 - 0.02 * i, answered, wrong));
    }
    HeldOutConfidence heldOut = new HeldOutConfidence(answered, 4, steps, List.of());
    double lowest = heldOut.lowestPromise();
    assertThat(heldOut.abstainBelow(lowest)).isPresent();
    assertThat(heldOut.abstainBelow(lowest + 0.001)).isPresent();
    assertThat(heldOut.abstainBelow(lowest - 1e-6)).isEmpty();
  }

  @Test
  void thePromiseHoldsInNineteenOfTwentyDraws() {
    // Confidence c is right with probability c; half of all clips have 0.95, half 0.6.
    Random random = new Random(11);
    int broken = 0;
    int draws = 1000;
    for (int draw = 0; draw < draws; draw++) {
      int sure = 0;
      int wrongOfSure = 0;
      int wrong = 0;
      for (int n = 0; n < 400; n++) {
        boolean isSure = random.nextBoolean();
        boolean isWrong = random.nextDouble() > (isSure ? 0.95 : 0.6);
        sure += isSure ? 1 : 0;
        wrongOfSure += isSure && isWrong ? 1 : 0;
        wrong += isWrong ? 1 : 0;
      }
      HeldOutConfidence heldOut =
          new HeldOutConfidence(
              400,
              4,
              List.of(new Step(0.95, sure, wrongOfSure), new Step(0.6, 400, wrong)),
              List.of());
      // All together are wrong in 22.5 %: a target just below must not let them all through.
      broken += heldOut.abstainBelow(0.224).orElse(1) == 0.6 ? 1 : 0;
    }
    // A little over 5 % is expected at most; three standard errors are 2 %.
    assertThat((double) broken / draws).isLessThan(0.07);
  }

  @Test
  void setsTakeTheNextLargerCoverageThatIsKnown() {
    assertThat(KNOWN.leastProbability(0.9)).isEqualTo(0.2);
    assertThat(KNOWN.leastProbability(0.85)).isEqualTo(0.2);
    assertThat(KNOWN.leastProbability(0.5)).isEqualTo(0.4);
    assertThat(KNOWN.leastProbability(0.99)).as("all emotions").isZero();
  }

  @Test
  void stepsOutOfOrderAreRefused() {
    List<Step> steps = new ArrayList<>(KNOWN.steps());
    steps.set(1, new Step(0.95, 150, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeldOutConfidence(300, 6, steps, KNOWN.sets()))
        .withMessageContaining("less confidence and more answers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeldOutConfidence(301, 6, KNOWN.steps(), KNOWN.sets()))
        .withMessageContaining("the last answers all 301 clips");
    assertThatIllegalArgumentException().isThrownBy(() -> KNOWN.abstainBelow(0));
    assertThatIllegalArgumentException().isThrownBy(() -> KNOWN.leastProbability(1));
  }
}
