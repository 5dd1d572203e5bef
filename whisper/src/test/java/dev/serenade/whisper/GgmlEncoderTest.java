package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgmlEncoderTest {

  private static final WhisperConfig TINY = new WhisperConfig(32, 2, 2, 96, 80, 60);

  private final RandomEncoder random = RandomEncoder.create(TINY, 2, 1);

  @TempDir Path folder;

  private static float[] states(EncoderWeights weights, int layer, Waveform clip)
      throws IOException {
    try (weights;
        WhisperEncoder encoder =
            WhisperEncoder.of(
                weights, Window.adaptive(), States.layers(layer, layer), new SessionSettings(1))) {
      return encoder.encode(clip).layer(layer).toArray();
    }
  }

  private static GgmlBytes start(WhisperConfig config) {
    return new GgmlBytes()
        .header(config, 1)
        .melFilters(config.melBands())
        .vocabulary("!", "سلام", "");
  }

  private GgmlBytes whole() {
    GgmlBytes bytes = start(TINY);
    random.tensors().forEach(bytes::openAiTensor);
    return bytes.tensor("decoder.ln.weight", GgmlBytes.F32, new float[32], 32);
  }

  @Test
  void fileGivesTheStatesOfTheFolderItWasMadeFrom() throws IOException {
    Path file = whole().write(folder.resolve("ggml-random.bin"));
    Waveform clip = States.noise(9000, 2);
    EncoderWeights weights = EncoderWeights.open(file);
    assertThat(weights.config()).isEqualTo(TINY);
    assertThat(weights.files()).containsExactly(file);
    assertThat(states(weights, 2, clip)).isEqualTo(states(random.weights(), 2, clip));
  }

  @Test
  void realWeightsGiveTheSameStates() throws IOException {
    Path model = Shared.path("models/whisper-tiny.en");
    WhisperConfig config = WhisperConfig.read(model.resolve("config.json"));
    GgmlBytes bytes = start(config);
    try (SafetensorsFile tensors = SafetensorsFile.open(model.resolve("model.safetensors"))) {
      for (String name : tensors.names()) {
        bytes.openAiTensor(name.substring("model.encoder.".length()), tensors.read(name));
      }
    }
    Path file = bytes.write(folder.resolve("ggml-tiny.en.bin"));
    Waveform clip = States.noise(16_000, 3);
    assertThat(states(EncoderWeights.open(file), 4, clip))
        .isEqualTo(states(EncoderWeights.open(model), 4, clip));
  }

  @Test
  void filtersOfAnotherFrontEndAreRefused() throws IOException {
    byte[] bytes = whole().toBytes();
    // One gain, in the middle of the matrix that follows the header of 12 numbers and its size.
    bytes[4 * (12 + 2 + 80 * 201 / 2) + 3] = 0x40;
    Path file = Files.write(folder.resolve("filters.bin"), bytes);
    assertThatThrownBy(() -> EncoderWeights.open(file))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("expected Whisper's Mel filters for 80 bands")
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void impossibleShapeIsRefused() throws IOException {
    Path file =
        new GgmlBytes()
            .header(new WhisperConfig(32, 2, 2, 96, 80, 60), 1)
            .melFilters(80)
            .vocabulary()
            .tensor("encoder.blocks.0.mlp.0.weight", GgmlBytes.F32, new float[64], 2, 32)
            .write(folder.resolve("cut.bin"));
    assertThatThrownBy(() -> EncoderWeights.open(file))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("conv1.weight is missing");
    byte[] bytes = Files.readAllBytes(file);
    bytes[4 * 4] = 5;
    Files.write(file, bytes);
    assertThatThrownBy(() -> EncoderWeights.open(file))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(file + ": header: d_model 32 is not a multiple of the 5 attention heads");
  }

  @Test
  void everyTruncationIsTold() throws IOException {
    byte[] bytes = whole().toBytes();
    SplittableRandom cuts = new SplittableRandom(4);
    Path file = folder.resolve("cut.bin");
    for (int i = 0; i < 100; i++) {
      int length = i < 50 ? i : cuts.nextInt(50, bytes.length - 4 * 32);
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> EncoderWeights.open(file), "%d bytes", length)
          .isInstanceOf(TensorFormatException.class)
          .hasMessageStartingWith(file.toString());
    }
  }

  @Test
  void alteredBytesGiveAnErrorOrAnEncoder() throws IOException {
    byte[] whole = whole().toBytes();
    SplittableRandom random = new SplittableRandom(5);
    Path file = folder.resolve("altered.bin");
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = whole.clone();
      int at = i % 2 == 0 ? random.nextInt(64) : random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt();
      Files.write(file, bytes);
      try (EncoderWeights weights = EncoderWeights.open(file)) {
        assertThat(weights.config().width()).isPositive();
      } catch (TensorFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
