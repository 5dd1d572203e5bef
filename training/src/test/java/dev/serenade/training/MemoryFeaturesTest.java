package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.ShortBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryFeaturesTest {

  private final MemoryFeatures features = new MemoryFeatures(2);

  @Test
  void clipsComeBackRoundedTo16Bits() {
    features.add(FloatTensor.of(new float[] {1, 2}, 1, 2));
    int clip = features.add(FloatTensor.of(new float[] {0.1f, -3, 4, 5}, 2, 2));
    assertThat(features.clips()).isEqualTo(2);
    assertThat(features.frames(clip)).isEqualTo(2);
    ShortBuffer target = ShortBuffer.allocate(5);
    features.copyTo(clip, target);
    assertThat(target.position()).isEqualTo(4);
    assertThat(Float16.toFloat(target.get(0))).isEqualTo(0.099975586f);
    assertThat(Float16.toFloat(target.get(1))).isEqualTo(-3);
  }

  @Test
  void wrongShapesAndWhatDoesNotFit16BitsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> features.add(FloatTensor.of(new float[3], 1, 3)))
        .withMessage("clip 0: expected hidden states of shape (frames, 2), found [1, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> features.add(FloatTensor.of(new float[] {1, 2, 3, 1e6f}, 2, 2)))
        .withMessage(
            "clip 0: expected finite 16-bit floats, found 1000000.0 in frame 1, dimension 1");
  }

  @Test
  void examplesMustPointAtClips() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExampleSet(features, List.of(new Example(0, 0))))
        .withMessageContaining("expected a clip below 0");
  }
}
