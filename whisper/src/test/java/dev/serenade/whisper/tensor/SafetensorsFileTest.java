package dev.serenade.whisper.tensor;

import static dev.serenade.whisper.tensor.SafetensorsBytes.entry;
import static dev.serenade.whisper.tensor.SafetensorsBytes.file;
import static dev.serenade.whisper.tensor.SafetensorsBytes.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsFileTest {

  private static final FloatTensor MATRIX =
      FloatTensor.of(new float[] {1, -2, 0.5f, 65504, 0, -0f}, 2, 3);
  private static final FloatTensor SCALAR = FloatTensor.of(new float[] {0.25f});

  private static SafetensorsFile open(byte... content) throws IOException {
    return SafetensorsFile.of(ByteBuffer.wrap(content), "test.safetensors");
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16"})
  void writtenTensorsAreReadBack(ElementType type, @TempDir Path folder) throws IOException {
    Path path = folder.resolve("a.safetensors");
    try (OutputStream out = Files.newOutputStream(path)) {
      new SafetensorsWriter(type)
          .add("matrix", MATRIX)
          .add("scalar", SCALAR)
          .add("empty", FloatTensor.of(new float[0], 0, 4))
          .metadata("made_by", "a test, in Z\u00fcrich")
          .write(out);
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.names()).containsExactly("empty", "matrix", "scalar");
      assertThat(file.metadata()).containsExactly(Map.entry("made_by", "a test, in Z\u00fcrich"));
      assertThat(file.info("matrix")).isEqualTo(new TensorInfo("matrix", type, List.of(2L, 3L)));
      assertThat(file.read("matrix", 2, 3).toArray()).isEqualTo(MATRIX.toArray());
      assertThat(file.read("scalar").shape()).isEmpty();
      assertThat(file.read("scalar").toArray()).containsExactly(0.25f);
      assertThat(file.read("empty").shape()).containsExactly(0, 4);
    }
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    ByteArrayOutputStream first = new ByteArrayOutputStream();
    ByteArrayOutputStream second = new ByteArrayOutputStream();
    new SafetensorsWriter(ElementType.F32).add("b", SCALAR).add("a", MATRIX).write(first);
    new SafetensorsWriter(ElementType.F32).add("a", MATRIX).add("b", SCALAR).write(second);
    assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
    long headerLength =
        ByteBuffer.wrap(first.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(headerLength % 8).isZero();
  }

  @Test
  void readsEachFloatingPointType() throws IOException {
    byte[] half = littleEndian(4).putShort((short) 0x3E00).putShort((short) 0xC000).array();
    assertThat(open(file(entry("F16", "[2]", "[0,4]"), half)).read("a").toArray())
        .containsExactly(1.5f, -2f);
    byte[] brain = littleEndian(4).putShort((short) 0x3FC0).putShort((short) 0xFF80).array();
    assertThat(open(file(entry("BF16", "[2]", "[0,4]"), brain)).read("a").toArray())
        .containsExactly(1.5f, Float.NEGATIVE_INFINITY);
    byte[] single = littleEndian(8).putFloat(Float.MIN_VALUE).putFloat(-0.1f).array();
    assertThat(open(file(entry("F32", "[2]", "[0,8]"), single)).read("a").toArray())
        .containsExactly(Float.MIN_VALUE, -0.1f);
    byte[] twice = littleEndian(16).putDouble(0.1).putDouble(1e300).array();
    assertThat(open(file(entry("F64", "[2]", "[0,16]"), twice)).read("a").toArray())
        .containsExactly(0.1f, Float.POSITIVE_INFINITY);
  }

  @Test
  void integersAreGivenAsBytesButNotAsFloats() throws IOException {
    byte[] values = littleEndian(16).putLong(40).putLong(-7).array();
    SafetensorsFile file = open(file(entry("I64", "[2]", "[0,16]"), values));
    assertThat(file.rawBytes("a").getLong(8)).isEqualTo(-7);
    assertThat(file.stored("a").type()).isEqualTo(ElementType.I64);
    assertThatThrownBy(() -> file.storedFloats("a", 2))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage("test.safetensors: tensor a: expected floating-point numbers, found I64");
    assertThatThrownBy(() -> file.storedFloats("a", 3))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("expected shape [3], found [2]");
    assertThatThrownBy(() -> file.read("a"))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage("test.safetensors: tensor a: expected floating-point numbers, found I64");
  }

  @Test
  void missingTensorIsNamed() throws IOException {
    SafetensorsFile file = open(file("{}"));
    assertThatThrownBy(() -> file.read("conv1.weight"))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage("test.safetensors: tensor conv1.weight is missing");
    assertThatThrownBy(() -> file.read("conv1.weight", 2, 3))
        .isInstanceOf(TensorFormatException.class)
        .hasMessageContaining("tensor conv1.weight is missing; expected one of shape [2, 3]");
  }

  @Test
  void wrongShapeIsToldWithTheOneExpected() throws IOException {
    SafetensorsFile file = open(file(entry("U8", "[2,2]", "[0,4]"), new byte[4]));
    assertThatThrownBy(() -> file.read("a", 4))
        .isInstanceOf(TensorFormatException.class)
        .hasMessage("test.safetensors: tensor a: expected shape [4], found [2, 2]");
  }

  @Test
  void tensorsBeyondTwoGibibytesAreRefusedWhenRead(@TempDir Path folder) throws IOException {
    long count = 600_000_000;
    byte[] start = file(entry("F16", "[%d]".formatted(count), "[0,%d]".formatted(2 * count)));
    Path path = folder.resolve("large.safetensors");
    try (var channel =
        Files.newByteChannel(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE))) {
      channel.write(ByteBuffer.wrap(start));
      channel.position(start.length + 2 * count - 1);
      channel.write(ByteBuffer.allocate(1));
    }
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThatThrownBy(() -> file.read("a"))
          .isInstanceOf(TensorFormatException.class)
          .hasMessageContaining(
              "tensor a: expected at most 536870911 values, found shape [600000000]");
    }
  }

  @Test
  void writerTakesOnlyTypesThatItCanRoundTo() {
    assertThatThrownBy(() -> new SafetensorsWriter(ElementType.I64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tensors are written as F32 or F16, found I64");
  }
}
