package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SamplingTest {

  /** 17 of class 0, 4 of class 2, 1 of class 3, none of class 1. */
  private static final List<Example> EXAMPLES = examples(17, 0, 4, 1);

  private static List<Example> examples(int... counts) {
    List<Example> examples = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        examples.add(new Example(examples.size(), label));
      }
    }
    return examples;
  }

  private static List<Example> epoch(Sampling sampling, long seed) {
    return sampling.epoch(EXAMPLES, new Random(seed));
  }

  @Test
  void uniformIsEveryExampleOnce() {
    assertThat(epoch(Sampling.UNIFORM, 1)).containsExactlyInAnyOrderElementsOf(EXAMPLES);
    assertThat(epoch(Sampling.UNIFORM, 1))
        .isEqualTo(epoch(Sampling.UNIFORM, 1))
        .isNotEqualTo(epoch(Sampling.UNIFORM, 2));
  }

  @Test
  void balancedHasAsManyOfEveryClass() {
    List<Example> epoch = epoch(Sampling.BALANCED, 1);
    assertThat(epoch).hasSize(EXAMPLES.size());
    assertThat(epoch.stream().filter(e -> e.label() == 0).distinct()).hasSize(7);
    assertThat(epoch.stream().filter(e -> e.label() == 2)).hasSize(7);
    assertThat(epoch.stream().filter(e -> e.label() == 2).distinct()).hasSize(4);
    assertThat(epoch.stream().filter(e -> e.label() == 3)).hasSize(8);
  }

  @Test
  void overTheEpochsEveryExampleOfAFrequentClassIsSeen() {
    Set<Example> seen = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      seen.addAll(epoch(Sampling.BALANCED, seed));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(EXAMPLES);
  }
}
