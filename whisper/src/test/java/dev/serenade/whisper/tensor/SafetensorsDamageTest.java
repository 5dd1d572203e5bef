package dev.serenade.whisper.tensor;

import static dev.serenade.whisper.tensor.SafetensorsBytes.entry;
import static dev.serenade.whisper.tensor.SafetensorsBytes.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.serenade.whisper.TestSeeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files are refused, by name, and never with another exception. */
class SafetensorsDamageTest {

  private static final byte[] EIGHT = new byte[8];

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] withA(String type, String shape, String offsets) {
    return file(entry(type, shape, offsets), EIGHT);
  }

  static Stream<Arguments> damaged() {
    String a =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":%s}}";
    return Stream.of(
        arguments("empty", new byte[0], "found only 0 bytes"),
        arguments("shorter than its length", new byte[7], "found only 7 bytes"),
        arguments("header length 0", file(0, utf8("{}")), "found a header length of 0"),
        arguments("header length negative", file(-1, utf8("{}")), "found a header length of -1"),
        arguments(
            "header longer than the file",
            file(3, utf8("{}")),
            "found a header length of 3 in a file of 10 bytes"),
        arguments(
            "header length absurd",
            file(Long.MAX_VALUE, utf8("{}")),
            "found a header length of 9223372036854775807"),
        arguments(
            "not JSON", file("not JSON at all {"), "the safetensors header is not a JSON object"),
        arguments("not an object", file("[1,2]"), "the safetensors header is not a JSON object"),
        arguments(
            "nested beyond reason",
            file("{\"a\":" + "[".repeat(100_000)),
            "the safetensors header is not a JSON object"),
        arguments(
            "metadata not text",
            file("{\"__metadata__\":{\"a\":null}}"),
            "__metadata__ of the header must map text to text"),
        arguments("entry not an object", file("{\"a\":7}"), "tensor a: "),
        arguments(
            "no type",
            file("{\"a\":{\"shape\":[0],\"data_offsets\":[0,0]}}"),
            "tensor a: the header gives no dtype"),
        arguments(
            "no shape",
            file("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0]}}"),
            "tensor a: the header gives no shape"),
        arguments(
            "no offsets",
            file("{\"a\":{\"dtype\":\"F32\",\"shape\":[0]}}"),
            "tensor a: the header gives no data_offsets"),
        arguments("one offset", withA("F32", "[2]", "[0]"), "tensor a: "),
        arguments(
            "unknown type", withA("F7", "[2]", "[0,8]"), "tensor a: element type F7 is not known"),
        arguments(
            "shape too large for its values",
            withA("F32", "[3]", "[0,8]"),
            "shape [3] of F32 takes 12 bytes, found offsets 0 to 8"),
        arguments(
            "shape too small for its values",
            withA("F32", "[1]", "[0,8]"),
            "shape [1] of F32 takes 4 bytes, found offsets 0 to 8"),
        arguments(
            "negative dimension",
            withA("F32", "[-2]", "[0,8]"),
            "dimensions must not be negative, found [-2]"),
        arguments(
            "two negative dimensions",
            withA("F32", "[-2,-1]", "[0,8]"),
            "dimensions must not be negative"),
        arguments("broken dimension", withA("F32", "[2.5]", "[0,8]"), "tensor a: "),
        arguments(
            "elements overflow",
            withA("F32", "[4294967296,4294967296]", "[0,8]"),
            "tensor a: long overflow"),
        arguments(
            "bytes overflow",
            withA("F32", "[4611686018427387904]", "[0,0]"),
            "tensor a: long overflow"),
        arguments("offsets backwards", withA("F32", "[2]", "[8,0]"), "found offsets 8 to 0"),
        arguments("offset negative", withA("F32", "[2]", "[-8,0]"), "found offsets -8 to 0"),
        arguments(
            "offsets at the end of the numbers",
            withA("U8", "[1]", "[9223372036854775806,9223372036854775807]"),
            "the file is truncated"),
        arguments(
            "values cut off",
            file(entry("F32", "[2]", "[0,8]"), new byte[7]),
            "the file is truncated"),
        arguments(
            "values overlap",
            file(a.formatted("[2,6]"), EIGHT),
            "tensor b: expected its values at byte"),
        arguments(
            "values twice", file(a.formatted("[0,4]"), new byte[4]), "expected its values at byte"),
        arguments(
            "gap before values",
            file(a.formatted("[5,9]"), new byte[9]),
            "tensor b: expected its values at byte"),
        arguments(
            "bytes after the values",
            file(entry("U8", "[4]", "[0,4]"), EIGHT),
            "expected the file to end with its last values"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damaged")
  void damageIsRefusedByName(String what, byte[] content, String message, @TempDir Path folder)
      throws IOException {
    assertThatThrownBy(() -> SafetensorsFile.of(ByteBuffer.wrap(content), "in memory"))
        .as(what)
        .isInstanceOf(TensorFormatException.class)
        .hasMessageStartingWith("in memory: ")
        .hasMessageContaining(message);
    Path path = Files.write(folder.resolve("damaged.safetensors"), content);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .as(what)
        .isInstanceOf(TensorFormatException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = sample();
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer part = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> SafetensorsFile.of(part, "cut"))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(TensorFormatException.class);
    }
  }

  @Test
  void mutatedFilesAreReadOrRefusedAndNothingElse() {
    TestSeeds.upTo(20_000)
        .forEach(
            seed -> {
              byte[] mutated = mutated(new Random(seed));
              try (SafetensorsFile file = SafetensorsFile.of(ByteBuffer.wrap(mutated), "mutated")) {
                readAll(file);
              } catch (TensorFormatException e) {
                assertThat(e).as("-Dtest.seed=%d", seed).hasMessageStartingWith("mutated: ");
              } catch (IOException | RuntimeException | Error e) {
                fail("-Dtest.seed=%d".formatted(seed), e);
              }
            });
  }

  private static void readAll(SafetensorsFile file) throws IOException {
    for (String name : file.names()) {
      if (file.info(name).type().isFloat()) {
        assertThat((long) file.read(name).size()).isEqualTo(file.info(name).size());
      } else {
        assertThat((long) file.rawBytes(name).remaining())
            .isEqualTo(file.info(name).size() * file.info(name).type().bytes());
      }
    }
  }

  private static byte[] sample() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SafetensorsWriter(ElementType.F16)
        .add("conv1.weight", FloatTensor.of(new float[6], 2, 3))
        .add("conv1.bias", FloatTensor.of(new float[] {1, 2}, 2))
        .metadata("format", "pt")
        .write(out);
    return out.toByteArray();
  }

  private static byte[] mutated(Random random) {
    try {
      byte[] bytes = sample();
      String alphabet = "0123456789[]{}\":,-.eE\\\u0000 nullFI";
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
          case 2 -> bytes[at] = bytes[random.nextInt(bytes.length)];
          default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        }
      }
      return bytes;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
