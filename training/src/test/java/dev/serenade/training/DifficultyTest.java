package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DifficultyTest {

  private static final int COUNT = 100;
  private static final List<Example> EXAMPLES =
      IntStream.range(0, COUNT).mapToObj(i -> new Example(i, i % 3)).toList();

  /** Makes example i harder than i - 1. */
  private static Difficulty rising(List<Example> examples) {
    Difficulty difficulty = new Difficulty(examples);
    for (Example example : examples) {
      difficulty.add(example, example.clip());
    }
    difficulty.endEpoch();
    return difficulty;
  }

  private static Map<Integer, Integer> counts(List<Example> drawn) {
    Map<Integer, Integer> counts = new HashMap<>();
    drawn.forEach(example -> counts.merge(example.clip(), 1, Integer::sum));
    return counts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 16, 100})
  void asManyAreDrawnAsThereAre(int count) {
    Difficulty difficulty = rising(EXAMPLES.subList(0, count));
    for (int seed = 0; seed < 20; seed++) {
      assertThat(difficulty.draw(Sampling.PRESSURE, new Random(seed))).hasSize(count);
    }
  }

  @Test
  void theHardestComesSoManyTimesAsOftenAsTheEasiest() {
    Difficulty difficulty = rising(EXAMPLES);
    double[] counts = new double[COUNT];
    int epochs = 20_000;
    Random random = new Random(1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Example example : difficulty.draw(4, random)) {
        counts[example.clip()] += 1.0 / epochs;
      }
    }
    // c_0 = N (1 - s^(-1/N)) / (1 - 1/s); three deviations of a mean of 20,000 draws are 0.01.
    double hardest = COUNT * (1 - Math.pow(4, -1.0 / COUNT)) / 0.75;
    assertThat(counts[COUNT - 1]).isCloseTo(hardest, within(0.01));
    assertThat(counts[0]).isCloseTo(hardest * Math.pow(4, -0.99), within(0.01));
    assertThat(counts[COUNT / 2]).isCloseTo(hardest * Math.pow(4, -0.49), within(0.01));
  }

  @Test
  void anEpochVariesNoMoreThanItMust() {
    Difficulty difficulty = rising(EXAMPLES);
    for (int seed = 0; seed < 100; seed++) {
      Map<Integer, Integer> counts = counts(difficulty.draw(4, new Random(seed)));
      assertThat(counts.values()).allMatch(count -> count <= 2);
      // The harder half: at least once each, where once is the least of its average.
      assertThat(counts.keySet()).containsAll(IntStream.range(60, COUNT).boxed().toList());
    }
  }

  @Test
  void withoutPressureEachComesOnce() {
    assertThat(rising(EXAMPLES).draw(1, new Random(1)))
        .containsExactlyInAnyOrderElementsOf(EXAMPLES);
  }

  @Test
  void lossesAreAveragedOverAnEpochAndRunOverEpochs() {
    Difficulty difficulty = new Difficulty(EXAMPLES);
    difficulty.add(EXAMPLES.get(0), 2);
    difficulty.add(EXAMPLES.get(0), 4);
    difficulty.endEpoch();
    assertThat(difficulty.copy().get(0)).isEqualTo(3);
    assertThat(difficulty.copy().get(1)).isNaN();
    difficulty.add(EXAMPLES.get(0), 0);
    difficulty.add(EXAMPLES.get(1), 5);
    difficulty.endEpoch();
    assertThat(difficulty.copy().get(0)).isCloseTo(2, within(1e-6f));
    assertThat(difficulty.copy().get(1)).isEqualTo(5);
    difficulty.endEpoch();
    assertThat(difficulty.copy().get(0)).isCloseTo(2, within(1e-6f));
  }

  @Test
  void warmingUpEveryExampleComesOnce() {
    Difficulty difficulty = rising(EXAMPLES);
    assertThat(Sampling.DIFFICULT.epoch(EXAMPLES, difficulty, true, new Random(1)))
        .containsExactlyInAnyOrderElementsOf(EXAMPLES);
    assertThat(Sampling.DIFFICULT.epoch(EXAMPLES, difficulty, false, new Random(1)))
        .hasSameSizeAs(EXAMPLES)
        .anyMatch(example -> example.clip() == COUNT - 1)
        .isEqualTo(Sampling.DIFFICULT.epoch(EXAMPLES, difficulty, false, new Random(1)));
  }
}
