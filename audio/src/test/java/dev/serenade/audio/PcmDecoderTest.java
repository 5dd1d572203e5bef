package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcmDecoderTest {

  @ParameterizedTest
  @CsvSource({
    "SIGNED_16, 16000, 1, 5000",
    "SIGNED_16, 44100, 2, 10000",
    "FLOAT_32, 16000, 1, 5000",
    "FLOAT_32, 48000, 2, 10001",
    "FLOAT_32, 8000, 6, 801"
  })
  void soundIsThatOfTheSameWavHoweverItIsCut(PcmFormat format, int rateHz, int channels, int length)
      throws IOException {
    double[] samples = new Random(length).doubles((long) channels * length, -0.9, 0.9).toArray();
    byte[] wav = WavBytes.of(rateHz, channels, WavBytes.Encoding.valueOf(format.name()), samples);
    Waveform expected = AudioDecoder.create().decode(wav, "a.wav");
    byte[] raw = java.util.Arrays.copyOfRange(wav, WavBytes.HEADER_BYTES, wav.length);

    for (int portion : new int[] {1 << 20, 4096, 7, 1}) {
      assertThat(pushed(raw, portion, format, rateHz, channels))
          .as("by %d", portion)
          .isEqualTo(expected);
    }
    try (PcmInput input = PcmInput.of(new ByteArrayInputStream(raw), format, rateHz, channels)) {
      assertThat(Recordings.readAll(input, 1000)).isEqualTo(expected);
    }
  }

  private static Waveform pushed(
      byte[] raw, int portion, PcmFormat format, int rateHz, int channels) throws IOException {
    float[] all = new float[raw.length * 20];
    int length = 0;
    try (PcmDecoder decoder = PcmDecoder.of(format, rateHz, channels)) {
      for (int from = 0; from < raw.length; from += portion) {
        int count = Math.min(portion, raw.length - from);
        length = append(decoder.push(ByteBuffer.wrap(raw, from, count)), all, length);
      }
      length = append(decoder.finish(), all, length);
    }
    return Waveform.of(java.util.Arrays.copyOf(all, length));
  }

  private static int append(Waveform some, float[] all, int length) {
    for (int i = 0; i < some.length(); i++) {
      all[length + i] = some.get(i);
    }
    return length + some.length();
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity", "1e25"})
  void whatIsNoNumberIsRefusedAndItsTimeNamed(float wrong) {
    ByteBuffer bytes = floats(16_000);
    bytes.putFloat(4 * 8000, wrong);
    try (PcmDecoder decoder = PcmDecoder.of(PcmFormat.FLOAT_32, 16_000, 1)) {
      assertThatThrownBy(() -> decoder.push(bytes))
          .isInstanceOfSatisfying(
              AudioFormatException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NON_FINITE))
          .hasMessage("raw samples: finite samples expected, found %s at 0.500 s".formatted(wrong));
    }
  }

  @Test
  void nothingComesAfterTheEnd() throws IOException {
    PcmDecoder decoder = PcmDecoder.of(PcmFormat.FLOAT_32, 16_000, 1);
    assertThat(decoder.finish()).isEqualTo(Waveform.of());
    assertThat(decoder.finish()).isEqualTo(Waveform.of());
    assertThatIllegalStateException().isThrownBy(() -> decoder.push(floats(1)));
    decoder.close();
    decoder.close();
    assertThatIllegalStateException().isThrownBy(decoder::finish);
  }

  @ParameterizedTest
  @CsvSource({"999, 1", "768001, 1", "16000, 0", "16000, 65"})
  void impossibleFormatIsTheCallersMistake(int rateHz, int channels) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PcmDecoder.of(PcmFormat.FLOAT_32, rateHz, channels));
  }

  private static ByteBuffer floats(int count) {
    return ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
  }
}
