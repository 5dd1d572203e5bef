package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory in a file: beside the weights it belongs to, or in a cache. */
class SilenceMemoryTensorsTest {

  private static final WhisperConfig SMALL = new WhisperConfig(8, 3, 2, 24, 80, 200);
  private static final RandomEncoder RANDOM = RandomEncoder.create(SMALL, 3, 1);
  private static final Waveform CLIP = States.noise(9000, 2);

  /** Of a block: 4 levels, 128 cells, width 8, float16; the last in a file. */
  private static final int BYTES_OF_VALUES = 4 * 128 * 8 * 2;

  private static byte[] file;

  @BeforeAll
  static void write() throws IOException {
    try (EncoderWeights weights = RANDOM.weights()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      weights.write(2, Window.memory(), out);
      file = out.toByteArray();
    }
  }

  private static float[] states(EncoderWeights weights, int layer) throws IOException {
    SortedSet<Integer> layers = States.layers(layer, layer);
    try (weights;
        WhisperEncoder encoder =
            WhisperEncoder.of(weights, Window.memory(), layers, new SessionSettings(1))) {
      return encoder.encode(CLIP).layer(layer).toArray();
    }
  }

  private static SafetensorsFile opened() throws IOException {
    return SafetensorsFile.of(ByteBuffer.wrap(file), "encoder.safetensors");
  }

  /** Writes the file again with one tensor replaced, or left out. */
  private static EncoderWeights changed(String name, FloatTensor... replacement)
      throws IOException {
    TreeMap<String, FloatTensor> tensors = new TreeMap<>();
    try (SafetensorsFile original = opened()) {
      for (String tensor : original.names()) {
        tensors.put(tensor, original.read(tensor));
      }
    }
    tensors.remove(name);
    for (FloatTensor tensor : replacement) {
      tensors.put(name, tensor);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SafetensorsWriter(ElementType.F32).addAll(tensors).write(out);
    return EncoderWeights.of(
        SMALL, SafetensorsFile.of(ByteBuffer.wrap(out.toByteArray()), "encoder.safetensors"));
  }

  @Test
  void encoderWithItsMemoryGivesTheSameStates() throws IOException {
    for (int layer = 1; layer <= 2; layer++) {
      assertThat(states(EncoderWeights.of(SMALL, opened()), layer))
          .isEqualTo(states(RANDOM.weights(), layer));
    }
  }

  @Test
  void memoryIsReadNotListenedForAgain() throws IOException {
    FloatTensor keys = opened().read("silence_memory.1.keys");
    FloatTensor zeros = FloatTensor.of(new float[keys.size()], keys.shape());
    assertThat(states(changed("silence_memory.1.keys", zeros), 2))
        .isNotEqualTo(states(RANDOM.weights(), 2));
  }

  @Test
  void onlyTheWindowThatNeedsItWritesIt() throws IOException {
    try (EncoderWeights weights = RANDOM.weights()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      weights.write(2, Window.adaptive(), out);
      try (SafetensorsFile written =
          SafetensorsFile.of(ByteBuffer.wrap(out.toByteArray()), "encoder.safetensors")) {
        assertThat(written.names()).noneMatch(name -> name.startsWith("silence_memory"));
      }
      assertThat(opened().names()).contains("silence_memory.2.keys", "conv1.weight");
      assertThat(opened().names()).doesNotContain("silence_memory.3.keys");
    }
  }

  @Test
  void rewrittenFileIsTheSame() throws IOException {
    try (EncoderWeights weights = EncoderWeights.of(SMALL, opened())) {
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      weights.write(2, Window.memory(), again);
      assertThat(again.toByteArray()).isEqualTo(file);
    }
  }

  @Test
  void missingTensorIsNamed() throws IOException {
    for (String name : List.of("silence_memory.1.keys", "silence_memory.2.values")) {
      assertThatThrownBy(() -> states(changed(name), 2))
          .isInstanceOf(TensorFormatException.class)
          .hasMessage(
              "encoder.safetensors: tensor %s is missing; expected one of shape [4, 128, 8]"
                  .formatted(name));
    }
  }

  @Test
  void wrongShapeIsNamed() {
    assertThatThrownBy(
            () -> states(changed("silence_memory.1.values", FloatTensor.of(new float[6], 2, 3)), 2))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(
            "encoder.safetensors: tensor silence_memory.1.values: expected shape [4, 128, 8], found [2, 3]");
  }

  @Test
  void cellsThatDoNotAscendAreRefused() throws IOException {
    float[] starts = opened().read("silence_memory.1.starts").toArray();
    for (float wrong : new float[] {starts[6], starts[8], 200, 7.5f, -1, Float.NaN}) {
      float[] damaged = starts.clone();
      damaged[7] = wrong;
      assertThatThrownBy(
              () -> states(changed("silence_memory.1.starts", FloatTensor.of(damaged, 128)), 1))
          .isInstanceOf(TensorFormatException.class)
          .hasMessageMatching(
              "encoder.safetensors: tensor silence_memory.1.starts: expected whole numbers that"
                  + " ascend from 0 and stay below 200, found .* at [78]");
    }
  }

  @Test
  void cacheIsWrittenOnceAndRead(@TempDir Path folder) throws IOException {
    Path model = RANDOM.write(folder.resolve("model"), ElementType.F32);
    Path cache = folder.resolve("cache/silence");
    float[] first = states(EncoderWeights.open(model, cache), 2);
    Path file = onlyFile(cache);
    assertThat(file.getFileName().toString()).matches("silence-v1-[0-9a-f]{64}-2.safetensors");
    assertThat(first).isEqualTo(states(RANDOM.weights(), 2));

    byte[] other = Files.readAllBytes(file);
    Arrays.fill(other, other.length - BYTES_OF_VALUES, other.length, (byte) 0);
    Files.write(file, other);
    assertThat(states(EncoderWeights.open(model, cache), 2)).isNotEqualTo(first);
  }

  @Test
  void damagedCacheIsWrittenAnew(@TempDir Path folder) throws IOException {
    Path model = RANDOM.write(folder.resolve("model"), ElementType.F32);
    Path cache = folder.resolve("cache");
    float[] first = states(EncoderWeights.open(model, cache), 2);
    byte[] whole = Files.readAllBytes(onlyFile(cache));
    Files.write(onlyFile(cache), Arrays.copyOf(whole, whole.length / 2));
    assertThat(states(EncoderWeights.open(model, cache), 2)).isEqualTo(first);
    assertThat(Files.readAllBytes(onlyFile(cache))).isEqualTo(whole);
  }

  @Test
  void cacheThatCannotBeWrittenIsDoneWithout(@TempDir Path folder) throws IOException {
    Path model = RANDOM.write(folder.resolve("model"), ElementType.F32);
    Path blocked = Files.writeString(folder.resolve("file"), "not a folder");
    assertThat(states(EncoderWeights.open(model, blocked), 2))
        .isEqualTo(states(RANDOM.weights(), 2));
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
