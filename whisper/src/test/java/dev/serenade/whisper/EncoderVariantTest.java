package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Encoders that are cheaper than the one that was trained, against that one. */
class EncoderVariantTest {

  private static final WhisperConfig CONFIG = new WhisperConfig(64, 3, 4, 256, 80, 200);
  private static final RandomEncoder RANDOM = RandomEncoder.create(CONFIG, 3, 1);
  private static final Waveform CLIP = States.noise(20_000, 2);
  private static final Waveform OTHER = States.noise(20_100, 3);

  private static List<EncodedClip> encode(
      Window window, EncoderVariant variant, int layer, Waveform... clips) throws IOException {
    try (EncoderWeights weights = RANDOM.weights();
        WhisperEncoder encoder =
            WhisperEncoder.of(
                weights, window, States.layers(0, layer), variant, new SessionSettings(1))) {
      return encoder.encode(List.of(clips));
    }
  }

  private static EncoderVariant int8() {
    return new EncoderVariant(Precision.INT8, FrameMerging.NONE);
  }

  private static EncoderVariant merged(int after, int factor) {
    return new EncoderVariant(Precision.FP32, new FrameMerging(after, factor));
  }

  private static double relativeError(float[] found, float[] expected) {
    double error = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      error += Math.pow(found[i] - expected[i], 2);
      norm += Math.pow(expected[i], 2);
    }
    return Math.sqrt(error / norm);
  }

  @Test
  void int8StaysNearTheExactStates() throws IOException {
    EncodedClip exact = encode(Window.memory(), EncoderVariant.EXACT, 3, CLIP).get(0);
    EncodedClip small = encode(Window.memory(), int8(), 3, CLIP).get(0);
    double error = relativeError(small.layer(3).toArray(), exact.layer(3).toArray());
    assertThat(error).isBetween(1e-5, 0.03);
    assertThat(small.layer(0).toArray())
        .as("before the blocks")
        .isEqualTo(exact.layer(0).toArray());
  }

  @Test
  void halfFloatsStayNearTheExactStates() throws IOException {
    EncoderVariant halves = new EncoderVariant(Precision.FP16, FrameMerging.NONE);
    for (Window window : List.of(Window.memory(), Window.padded())) {
      HiddenStates exact = encode(window, EncoderVariant.EXACT, 3, CLIP).get(0).layer(3);
      HiddenStates half = encode(window, halves, 3, CLIP).get(0).layer(3);
      assertThat(relativeError(half.toArray(), exact.toArray())).isBetween(1e-6, 0.005);
    }
  }

  @Test
  void int8DoesNotDependOnTheBatch() throws IOException {
    float[] alone = encode(Window.memory(), int8(), 3, CLIP).get(0).layer(3).toArray();
    float[] together = encode(Window.memory(), int8(), 3, CLIP, OTHER).get(0).layer(3).toArray();
    assertThat(together).isEqualTo(alone);
  }

  @Test
  void mergedBehindTheLastLayerIsTheMeanOfNeighbours() throws IOException {
    for (int factor : new int[] {2, 4}) {
      HiddenStates exact = encode(Window.memory(), EncoderVariant.EXACT, 2, CLIP).get(0).layer(2);
      HiddenStates merged = encode(Window.memory(), merged(2, factor), 2, CLIP).get(0).layer(2);
      assertThat(merged.frames()).isEqualTo((exact.frames() + factor - 1) / factor);
      // The last may hold frames of silence after the clip.
      for (int t = 0; t < exact.frames() / factor; t++) {
        for (int d = 0; d < CONFIG.width(); d++) {
          double mean = 0;
          for (int i = 0; i < factor; i++) {
            mean += exact.get(t * factor + i, d) / (double) factor;
          }
          assertThat((double) merged.get(t, d)).isCloseTo(mean, within(1e-5));
        }
      }
    }
  }

  @Test
  void clipsInABatchAreMergedAsAlone() throws IOException {
    for (Window window : List.of(Window.memory(), Window.adaptive(), Window.padded())) {
      float[] alone = encode(window, merged(1, 2), 3, CLIP).get(0).layer(3).toArray();
      float[] together = encode(window, merged(1, 2), 3, CLIP, OTHER).get(0).layer(3).toArray();
      assertThat(relativeError(together, alone)).isLessThan(1e-5);
    }
  }

  @Test
  void onlySomeFactorsExist() {
    assertThatThrownBy(() -> new FrameMerging(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a factor of 1, 2 or 4, found 3");
    assertThatThrownBy(() -> new FrameMerging(-1, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
