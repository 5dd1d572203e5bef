package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StandardisationTest {

  private final MemoryFeatures features = new MemoryFeatures(2);

  @Test
  void everyFrameOfTheGivenClipsWeighsTheSame() {
    features.add(FloatTensor.of(new float[] {1, 10, 2, 10, 3, 10}, 3, 2));
    features.add(FloatTensor.of(new float[] {1000, 1000}, 1, 2));
    features.add(FloatTensor.of(new float[] {6, 10}, 1, 2));
    Standardisation measured =
        Standardisation.of(new ExampleSet(features, List.of(new Example(0, 0), new Example(2, 1))));
    assertThat(measured.mean().toArray()).containsExactly(3, 10);
    // sqrt((4 + 1 + 0 + 9) / 4), and 1 for the dimension that does not vary.
    assertThat(measured.deviation().toArray()).containsExactly((float) Math.sqrt(3.5), 1);
  }
}
