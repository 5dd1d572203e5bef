package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderGraphTest {

  /** Float32 against double, relative norm of a layer's states; 2.7e-7 was seen. */
  private static final double FLOAT32 = 1e-6;

  /** Width 8, 2 heads, 3 blocks; hears 1.2 s. */
  private static final WhisperConfig TINY = new WhisperConfig(8, 3, 2, 24, 80, 60);

  private static final SessionSettings ONE_THREAD = new SessionSettings(1);

  private static EncodedClip encode(
      RandomEncoder encoder, Window window, SortedSet<Integer> layers, Waveform clip)
      throws IOException {
    try (EncoderWeights weights = encoder.weights();
        WhisperEncoder whisper = WhisperEncoder.of(weights, window, layers, ONE_THREAD)) {
      return whisper.encode(clip);
    }
  }

  @ParameterizedTest
  @CsvSource({"PADDED, 9000", "PADDED, 1", "ADAPTIVE, 9000", "ADAPTIVE, 1", "ADAPTIVE, 19200"})
  void everyLayerEqualsPlainDoublePrecision(Window.Mode mode, int samples) throws IOException {
    RandomEncoder encoder = RandomEncoder.create(TINY, 3, 1);
    EncodedClip found =
        encode(encoder, new Window(mode, 8), States.layers(0, 3), States.noise(samples, 2));
    List<double[][]> expected = PlainEncoder.layers(encoder, found.logMel(), 3);
    for (int layer = 0; layer <= 3; layer++) {
      assertThat(States.distance(found.layer(layer), expected.get(layer)))
          .as("layer %d", layer)
          .isLessThan(FLOAT32);
    }
  }

  @Test
  void anySetOfLayersGivesTheSameStates() throws IOException {
    RandomEncoder encoder = RandomEncoder.create(TINY, 3, 3);
    Waveform clip = States.noise(9000, 4);
    EncodedClip all = encode(encoder, Window.adaptive(), States.layers(0, 3), clip);
    for (List<Integer> some :
        List.of(List.of(0), List.of(1), List.of(2), List.of(3), List.of(0, 2), List.of(1, 3))) {
      EncodedClip found = encode(encoder, Window.adaptive(), new TreeSet<>(some), clip);
      assertThat(found.hiddenStates().keySet()).containsExactlyElementsOf(some);
      for (int layer : some) {
        assertThat(States.distance(found.layer(layer), all.layer(layer)))
            .as("layer %d of %s", layer, some)
            .isLessThan(FLOAT32);
      }
    }
  }

  @Test
  void lastLayerIsTakenAfterTheFinalNorm() throws IOException {
    RandomEncoder encoder =
        RandomEncoder.create(TINY, 3, 5)
            .with("layer_norm.weight", FloatTensor.of(new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 8))
            .with("layer_norm.bias", FloatTensor.of(new float[8], 8));
    HiddenStates last =
        encode(encoder, Window.adaptive(), States.layers(3, 3), States.noise(4000, 6)).layer(3);
    for (int t = 0; t < last.frames(); t++) {
      double sum = 0;
      double squares = 0;
      for (int d = 0; d < 8; d++) {
        sum += last.get(t, d);
        squares += last.get(t, d) * last.get(t, d);
      }
      assertThat(sum).isBetween(-1e-5, 1e-5);
      assertThat(squares / 8).isBetween(1 - 1e-3, 1 + 1e-5);
    }
  }

  @Test
  void layersThatDoNotExistAreRefused() {
    RandomEncoder encoder = RandomEncoder.create(TINY, 3, 7);
    for (List<Integer> wrong : List.of(List.<Integer>of(), List.of(-1, 2), List.of(0, 4))) {
      assertThatThrownBy(
              () -> encode(encoder, Window.adaptive(), new TreeSet<>(wrong), States.noise(400, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected layers from 0 to 3, found " + wrong);
    }
  }

  @Test
  void blocksAfterTheLastLayerAreNotNeeded() throws IOException {
    RandomEncoder firstTwo = RandomEncoder.create(TINY, 2, 8);
    Waveform clip = States.noise(4000, 9);
    assertThat(encode(firstTwo, Window.adaptive(), States.layers(2, 2), clip).layer(2).frames())
        .isEqualTo(13);
    assertThatThrownBy(() -> encode(firstTwo, Window.adaptive(), States.layers(3, 3), clip))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(
            "random.safetensors: tensor layers.2.self_attn_layer_norm.weight is missing; expected one of shape [8]");
  }

  @Test
  void everyTensorThatIsMissingIsNamed() {
    RandomEncoder encoder = RandomEncoder.create(TINY, 3, 10);
    for (String name : encoder.tensors().keySet()) {
      assertThatThrownBy(
              () ->
                  encode(
                      encoder.with(name),
                      Window.adaptive(),
                      States.layers(0, 3),
                      States.noise(400, 1)))
          .isInstanceOf(TensorFormatException.class)
          .hasMessageContaining(name + " is missing");
    }
  }

  @Test
  void everyTensorOfWrongShapeIsNamedWithBothShapes() {
    RandomEncoder encoder = RandomEncoder.create(TINY, 3, 11);
    encoder
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThatThrownBy(
                        () ->
                            encode(
                                encoder.with(name, FloatTensor.of(new float[14], 2, 7)),
                                Window.adaptive(),
                                States.layers(0, 3),
                                States.noise(400, 1)))
                    .isInstanceOf(TensorFormatException.class)
                    .hasMessage(
                        "random.safetensors: tensor %s: expected shape %s, found [2, 7]"
                            .formatted(name, Arrays.toString(tensor.shape()))));
  }
}
