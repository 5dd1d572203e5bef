package dev.serenade.whisper.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GgmlFileTest {

  private static final int SECOND_VERSION = 2000;

  @TempDir Path folder;

  /** A file with one tensor named x, of 2 x 32 values. */
  private Path file(int fileType, int type, byte[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(128 + values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int number : new int[] {0x67676d6c, 9, 1500, 384, 6, 4, 448, 384, 6, 4, 1, fileType}) {
      bytes.putInt(number);
    }
    bytes.putInt(1).putInt(1).putFloat(0.5f);
    bytes.putInt(1).putInt(2).put(new byte[] {'o', 'k'});
    bytes.putInt(2).putInt(1).putInt(type).putInt(32).putInt(2).put((byte) 'x').put(values);
    return Files.write(folder.resolve("ggml.bin"), Arrays.copyOf(bytes.array(), bytes.position()));
  }

  private static String[] reference(GgmlType type) throws IOException {
    try (InputStream in = GgmlFileTest.class.getResourceAsStream("ggml_blocks.csv")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(",", 3))
          .filter(parts -> parts[0].equals(type.name()))
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"F32", "F16"})
  void quantisedBlocksHaveTheValuesOfAnotherImplementation(GgmlType type) throws IOException {
    String[] parts = reference(type);
    int code = codeOf(type);
    Path path = file(SECOND_VERSION + 7, code, HexFormat.of().parseHex(parts[1]));
    String[] expected = parts[2].split(" ", -1);
    try (GgmlFile file = GgmlFile.open(path)) {
      assertThat(file.info("x").type()).isEqualTo(ElementType.F32);
      FloatTensor found = file.read("x");
      assertThat(found.shape()).containsExactly(2, 32);
      for (int i = 0; i < expected.length; i++) {
        // One rounding more or less: (q - 16) d here is q d - 16 d there.
        assertThat(found.get(i)).isCloseTo(Float.parseFloat(expected[i]), within());
      }
    }
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-6f);
  }

  /** The numbers of ggml's header. */
  private static int codeOf(GgmlType type) {
    return switch (type) {
      case F32 -> 0;
      case F16 -> 1;
      case Q4_0 -> 2;
      case Q4_1 -> 3;
      case Q5_0 -> 6;
      case Q5_1 -> 7;
      case Q8_0 -> 8;
    };
  }

  @Test
  void headerAndFiltersAreRead() throws IOException {
    try (GgmlFile file = GgmlFile.open(file(0, 0, new byte[256]))) {
      assertThat(file.header()).isEqualTo(new GgmlHeader(1500, 384, 6, 4, 1));
      assertThat(file.melFilters().toArray()).containsExactly(0.5f);
      assertThat(file.names()).containsExactly("x");
      assertThat(file.stored("x").type()).isEqualTo(ElementType.F32);
    }
  }

  @ParameterizedTest
  @CsvSource({"12, q4_k", "14, q6_k", "30, number 30", "-1, number -1"})
  void otherTypesAreRefusedByName(int code, String name) throws IOException {
    Path path = file(SECOND_VERSION, code, new byte[64]);
    assertThatThrownBy(() -> GgmlFile.open(path))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage(
            "%s: tensor x: expected type f32, f16, q4_0, q4_1, q5_0, q5_1 or q8_0, found %s"
                .formatted(path, name));
  }

  @Test
  void blocksOfAnotherVersionAreRefused() throws IOException {
    Path path = file(1008, 8, new byte[68]);
    assertThatThrownBy(() -> GgmlFile.open(path))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("expected Q8_0 blocks of version 2, found version 1");
  }

  @Test
  void magicOfAnotherFormatIsNamed() throws IOException {
    Path path = Files.write(folder.resolve("zip.bin"), new byte[] {'P', 'K', 3, 4});
    assertThat(GgmlFile.isOne(path)).isFalse();
    assertThat(GgmlFile.isOne(file(0, 0, new byte[256]))).isTrue();
    assertThatThrownBy(() -> GgmlFile.open(path))
        .hasMessage(
            path + ": expected a whisper.cpp file with magic number 0x67676d6c, found 0x04034b50");
  }

  /** Offsets: 48 size of filters, 60 vocabulary, 70 dimensions, 74 name, 82 last dimension. */
  @ParameterizedTest
  @CsvSource({
    "48, 2147483647, expected a matrix of Mel filters",
    "48, 1000, bytes of Mel filters",
    "60, 2147483647, a word of the vocabulary",
    "60, -1, expected a size of the vocabulary",
    "64, -1, bytes of a word",
    "70, 2147483647, expected a tensor of 1 to 4 dimensions",
    "74, 2147483647, expected a tensor of 1 to 4 dimensions",
    "82, 2147483647, at most 536870911 values",
    "82, -32, expected positive dimensions",
    "82, 100000000, bytes of values of tensor x"
  })
  void lengthsAreNotBelieved(int at, int value, String message) throws IOException {
    Path path = file(0, 0, new byte[256]);
    byte[] bytes = Files.readAllBytes(path);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    Files.write(path, bytes);
    assertThatThrownBy(() -> GgmlFile.open(path))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining(message);
  }
}
