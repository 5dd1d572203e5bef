package dev.serenade.whisper.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedSafetensorsTest {

  @TempDir Path folder;

  private Path shard(String name, String tensor, float value) throws IOException {
    Path path = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(path)) {
      new SafetensorsWriter(ElementType.F32)
          .add(tensor, FloatTensor.of(new float[] {value}, 1))
          .write(out);
    }
    return path;
  }

  private Path index(String json) throws IOException {
    return Files.writeString(folder.resolve("model.safetensors.index.json"), json);
  }

  @Test
  void tensorsAreReadFromTheShardThatTheIndexNames() throws IOException {
    Path first = shard("1.safetensors", "a", 1);
    Path second = shard("2.safetensors", "b", 2);
    Path index = index("{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"2.safetensors\"}}");
    try (ShardedSafetensors shards = ShardedSafetensors.open(index)) {
      assertThat(shards.names()).containsExactly("a", "b");
      assertThat(shards.files()).containsExactly(first, second);
      assertThat(shards.read("a", 1).get(0)).isEqualTo(1f);
      assertThat(shards.read("b").get(0)).isEqualTo(2f);
      assertThatThrownBy(() -> shards.read("c"))
          .isInstanceOf(TensorFormatException.class)
          .hasMessage(index + ": tensor c is missing");
      assertThatThrownBy(() -> shards.read("a", 7))
          .isInstanceOf(TensorFormatException.class)
          .hasMessage(index + ": tensor a: expected shape [7], found [1]");
    }
  }

  @Test
  void missingShardIsNamed() throws IOException {
    shard("1.safetensors", "a", 1);
    Path index = index("{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"2.safetensors\"}}");
    assertThatThrownBy(() -> ShardedSafetensors.open(index))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("2.safetensors is missing");
  }

  @Test
  void tensorThatTheShardLacksIsNamed() throws IOException {
    Path shard = shard("1.safetensors", "a", 1);
    Path index = index("{\"weight_map\":{\"b\":\"1.safetensors\"}}");
    try (ShardedSafetensors shards = ShardedSafetensors.open(index)) {
      assertThatThrownBy(() -> shards.read("b", 1))
          .isInstanceOf(TensorFormatException.class)
          .hasMessage(shard + ": tensor b is missing");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.safetensors", "/etc/passwd", "sub/a.safetensors", "..", ".", ""})
  void shardsOutsideTheFolderAreRefused(String shard) throws IOException {
    Path index = index("{\"weight_map\":{\"a\":\"%s\"}}".formatted(shard));
    assertThatThrownBy(() -> ShardedSafetensors.open(index))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageStartingWith(index + ": shard");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "weights",
        "[]",
        "{}",
        "{\"weight_map\":null}",
        "{\"weight_map\":[]}",
        "{\"weight_map\":{\"a\":null}}",
        "{\"weight_map\":{\"a\":{}}}",
        "{\"weight_map\":{\"a\":[1,2]}}",
        "{\"weight_map\":{\"a\":\"\\u0000\"}}"
      })
  void malformedIndexIsRefused(String json) throws IOException {
    Path index = index(json);
    assertThatThrownBy(() -> ShardedSafetensors.open(index))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageStartingWith(index.toString());
  }

  @Test
  void indexThatIsNotTextIsRefused() throws IOException {
    Path index = Files.write(folder.resolve("index.json"), new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertThatThrownBy(() -> ShardedSafetensors.open(index))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageStartingWith(index.toString());
  }
}
