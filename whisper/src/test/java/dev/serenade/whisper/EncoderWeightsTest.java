package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.SafetensorsFile;
import dev.serenade.whisper.tensor.SafetensorsWriter;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderWeightsTest {

  private static final WhisperConfig TINY = new WhisperConfig(8, 3, 2, 24, 80, 60);
  private static final SessionSettings ONE_THREAD = new SessionSettings(1);

  private final RandomEncoder random = RandomEncoder.create(TINY, 3, 1);
  private final Waveform clip = States.noise(9000, 2);

  @TempDir Path folder;

  private static float[] states(EncoderWeights weights, int layer, Waveform clip)
      throws IOException {
    SortedSet<Integer> layers = States.layers(layer, layer);
    try (weights;
        WhisperEncoder encoder =
            WhisperEncoder.of(weights, Window.adaptive(), layers, ONE_THREAD)) {
      return encoder.encode(clip).layer(layer).toArray();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "BF16"})
  void folderGivesTheSameStatesInEveryElementType(ElementType type) throws IOException {
    EncoderWeights weights = EncoderWeights.open(random.write(folder, type));
    assertThat(weights.config()).isEqualTo(TINY);
    assertThat(weights.files()).containsExactly(folder.resolve("model.safetensors"));
    assertThat(states(weights, 3, clip)).isEqualTo(states(random.weights(), 3, clip));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.encoder.", "encoder.", ""})
  void namesMayBeginInThreeWays(String prefix) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F32);
    random.tensors().forEach((name, tensor) -> writer.add(prefix + name, tensor));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(out);
    EncoderWeights weights =
        EncoderWeights.of(TINY, SafetensorsFile.of(ByteBuffer.wrap(out.toByteArray()), "test"));
    assertThat(weights.files()).isEmpty();
    assertThat(states(weights, 3, clip)).isEqualTo(states(random.weights(), 3, clip));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.", ""})
  void fineTunedModelWithItsDecoderGivesTheStatesOfItsEncoder(String prefix) throws IOException {
    random.writeConfig(folder);
    SafetensorsWriter writer = new SafetensorsWriter(ElementType.F32);
    random.tensors().forEach((name, tensor) -> writer.add(prefix + "encoder." + name, tensor));
    // The decoder has tensors of the encoder's names, which hold something else.
    RandomEncoder.create(TINY, 3, 9)
        .tensors()
        .forEach((name, tensor) -> writer.add(prefix + "decoder." + name, tensor));
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
      writer.write(out);
    }
    assertThat(states(EncoderWeights.open(folder), 3, clip))
        .isEqualTo(states(random.weights(), 3, clip));
  }

  @Test
  void shardsGiveTheSameStates() throws IOException {
    random.writeConfig(folder);
    StringBuilder map = new StringBuilder();
    SafetensorsWriter[] shards = {
      new SafetensorsWriter(ElementType.F32), new SafetensorsWriter(ElementType.F32)
    };
    random
        .tensors()
        .forEach(
            (name, tensor) -> {
              int shard = name.startsWith("layers.1") ? 1 : 0;
              shards[shard].add("model.encoder." + name, tensor);
              map.append(map.isEmpty() ? "" : ",")
                  .append("\"model.encoder.%s\":\"%d.safetensors\"".formatted(name, shard));
            });
    for (int shard = 0; shard < 2; shard++) {
      try (OutputStream out = Files.newOutputStream(folder.resolve(shard + ".safetensors"))) {
        shards[shard].write(out);
      }
    }
    Files.writeString(
        folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{%s}}".formatted(map));
    EncoderWeights weights = EncoderWeights.open(folder);
    assertThat(weights.files())
        .containsExactly(folder.resolve("0.safetensors"), folder.resolve("1.safetensors"));
    assertThat(states(weights, 3, clip)).isEqualTo(states(random.weights(), 3, clip));
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    assertThatThrownBy(() -> EncoderWeights.open(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            folder
                + ": expected a Whisper folder with config.json and model.safetensors, found no config.json");
    random.writeConfig(folder);
    assertThatThrownBy(() -> EncoderWeights.open(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(
            folder + ": expected model.safetensors or model.safetensors.index.json, found neither");
  }

  @Test
  void pickleIsNotLoaded() throws IOException {
    random.writeConfig(folder);
    Files.write(folder.resolve("pytorch_model.bin"), new byte[] {'P', 'K'});
    assertThatThrownBy(() -> EncoderWeights.open(folder))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(
            "pytorch_model.bin is a pickle, which can run code and is never loaded");
  }

  @Test
  void weightsOfAnotherModelAreRefused() {
    assertThatThrownBy(() -> random.with("conv1.weight").weights())
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(
            "random.safetensors: tensor model.encoder.conv1.weight is missing; these are not the weights of a Whisper encoder");
  }

  @Test
  void configOfAnotherSizeIsToldByTheTensorThatDiffers() throws IOException {
    random.write(folder, ElementType.F16);
    new RandomEncoder(new WhisperConfig(8, 3, 2, 24, 128, 60), random.tensors())
        .writeConfig(folder);
    assertThatThrownBy(() -> states(EncoderWeights.open(folder), 3, clip))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(
            folder.resolve("model.safetensors")
                + ": tensor model.encoder.conv1.weight: expected shape [8, 128, 3], found [8, 80, 3]");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void cutFileGivesIdenticalStates(int blocks) throws IOException {
    assertThat(states(cut(random.weights(), blocks), blocks, clip))
        .isEqualTo(states(random.weights(), blocks, clip));
  }

  @Test
  void cutFileHoldsOnlyWhatItsBlocksNeed() throws IOException {
    assertThatThrownBy(() -> states(cut(random.weights(), 2), 3, clip))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageStartingWith("cut.safetensors: tensor layers.2.")
        .hasMessageContaining("is missing");
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    random.weights().write(2, two);
    try (SafetensorsFile file = SafetensorsFile.of(ByteBuffer.wrap(two.toByteArray()), "two")) {
      assertThat(file.names())
          .containsExactlyInAnyOrderElementsOf(
              random.tensors().keySet().stream()
                  .filter(name -> !name.startsWith("layers.2") && !name.startsWith("layer_norm"))
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4})
  void cutsBeyondTheEncoderAreRefused(int blocks) {
    assertThatThrownBy(() -> cut(random.weights(), blocks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected from 0 to 3 blocks, found " + blocks);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void cutOfRealWeightsGivesIdenticalStates(int blocks) throws IOException {
    Path model = Shared.path("models/whisper-tiny.en");
    EncoderWeights cut;
    try (EncoderWeights whole = EncoderWeights.open(model)) {
      cut = cut(whole, blocks);
    }
    assertThat(states(cut, blocks, clip))
        .isEqualTo(states(EncoderWeights.open(model), blocks, clip));
  }

  private static EncoderWeights cut(EncoderWeights weights, int blocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    weights.write(blocks, out);
    return EncoderWeights.of(
        weights.config(),
        SafetensorsFile.of(ByteBuffer.wrap(out.toByteArray()), "cut.safetensors"));
  }
}
