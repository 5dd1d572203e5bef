package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encoders in the shapes of Whisper small and large-v3, of their first blocks. */
class LargeEncodersTest {

  private static final WhisperConfig SMALL = new WhisperConfig(768, 12, 12, 3072, 80, 1500);
  private static final WhisperConfig LARGE_V3 = new WhisperConfig(1280, 32, 20, 5120, 128, 1500);

  /** Float32 sums of thousands of terms against double, relative norm; 4.3e-7 was seen. */
  private static final double FLOAT32 = 1e-6;

  /** Eight frames: enough to tell, and quick in plain Java. */
  private static final int SHORT_CLIP = 8 * Window.SAMPLES_PER_FRAME;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"F16", "BF16"})
  void largeV3EqualsPlainDoublePrecision(ElementType type) throws IOException {
    assertEqualsPlain(RandomEncoder.create(LARGE_V3, 1, 1), 1, type);
  }

  @ParameterizedTest
  @EnumSource(names = {"F16", "F32"})
  void smallEqualsPlainDoublePrecision(ElementType type) throws IOException {
    assertEqualsPlain(RandomEncoder.create(SMALL, 3, 2), 3, type);
  }

  private void assertEqualsPlain(RandomEncoder encoder, int blocks, ElementType type)
      throws IOException {
    encoder.write(folder, type);
    try (WhisperEncoder whisper =
        WhisperEncoder.load(
            folder, Window.adaptive(), States.layers(0, blocks), SessionSettings.create())) {
      EncodedClip found = whisper.encode(States.noise(SHORT_CLIP, 3));
      List<double[][]> expected = PlainEncoder.layers(encoder, found.logMel(), blocks);
      for (int layer = 0; layer <= blocks; layer++) {
        assertThat(States.distance(found.layer(layer), expected.get(layer)))
            .as("layer %d", layer)
            .isLessThan(FLOAT32);
      }
    }
  }

  @Test
  void largeV3RunsOnThirtySeconds() throws IOException {
    RandomEncoder.create(LARGE_V3, 1, 4).write(folder, ElementType.BF16);
    try (WhisperEncoder whisper =
        WhisperEncoder.load(
            folder, Window.padded(), States.layers(1, 1), SessionSettings.create())) {
      HiddenStates states = whisper.encode(States.noise(480_000, 5)).layer(1);
      assertThat(states.frames()).isEqualTo(1500);
      assertThat(states.width()).isEqualTo(1280);
      for (float value : states.toArray()) {
        assertThat(Float.isFinite(value)).isTrue();
      }
    }
  }
}
