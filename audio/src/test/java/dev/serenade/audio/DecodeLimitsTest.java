package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeLimitsTest {

  private static final byte[] SECOND = WavBytes.mono(48_000, new double[48_000]);

  @Test
  void defaultIsFourHoursAnd4Gibibytes() {
    assertThat(DecodeLimits.DEFAULT.maximumSeconds()).isEqualTo(14_400);
    assertThat(DecodeLimits.DEFAULT.maximumBytes()).isEqualTo(4_294_967_296L);
  }

  @Test
  void recordingOfExactlyTheLimitsIsDecoded() throws IOException {
    DecodeLimits limits = new DecodeLimits(1, SECOND.length);
    assertThat(decoder(limits).decode(SECOND, "a.wav").durationSeconds()).isEqualTo(1);
  }

  @Test
  void longerRecordingIsTooLong() {
    assertThat(reason(new DecodeLimits(0.999, 1 << 20), SECOND)).isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void longerRecordingOfUnstatedLengthIsTooLong() {
    byte[] piped = WavBytes.withDataSize(SECOND, -1);
    assertThat(reason(new DecodeLimits(0.999, 1 << 20), piped)).isEqualTo(Reason.TOO_LONG);
    assertThat(reason(new DecodeLimits(0.5, 1 << 20), Recordings.read("cbr.mp3")))
        .isEqualTo(Reason.TOO_LONG);
  }

  @Test
  void largerRecordingIsTooLarge() {
    assertThat(reason(new DecodeLimits(2, SECOND.length - 1), SECOND)).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void hugeFileIsRefusedUnread(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("huge.wav");
    try (var channel =
        Files.newByteChannel(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.position(DecodeLimits.DEFAULT.maximumBytes());
      channel.write(ByteBuffer.allocate(1));
    }
    assertThat(Recordings.refusal(file).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e6})
  void impossibleLengthIsRefused(double seconds) {
    assertThatIllegalArgumentException().isThrownBy(() -> new DecodeLimits(seconds, 1));
  }

  @Test
  void limitOfNoBytesIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DecodeLimits(1, 0));
  }

  private static Reason reason(DecodeLimits limits, byte[] bytes) {
    return catchThrowableOfType(
            AudioFormatException.class, () -> decoder(limits).decode(bytes, "a.wav"))
        .reason();
  }

  private static AudioDecoder decoder(DecodeLimits limits) {
    return AudioDecoder.create().withLimits(limits);
  }
}
