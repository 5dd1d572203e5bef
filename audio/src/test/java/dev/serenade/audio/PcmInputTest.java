package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcmInputTest {

  @ParameterizedTest
  @CsvSource({
    "16000, 1, 50000",
    "16000, 2, 12345",
    "8000, 1, 801",
    "44100, 2, 100000",
    "48000, 1, 48001",
    "48000, 6, 20000",
    "22050, 1, 7",
    "11025, 1, 30000"
  })
  void samplesAreThoseOfTheSameWav(int rateHz, int channels, int length) throws IOException {
    double[] samples = new Random(length).doubles((long) channels * length, -0.9, 0.9).toArray();
    byte[] wav = WavBytes.of(rateHz, channels, WavBytes.Encoding.SIGNED_16, samples);
    Waveform expected = AudioDecoder.create().decode(wav, "a.wav");
    for (int portion : new int[] {1 << 20, 4096, 7, 1}) {
      try (PcmInput input = PcmInput.of(new Portions(raw(wav), portion), rateHz, channels)) {
        assertThat(Recordings.readAll(input, 1000)).as("by %d", portion).isEqualTo(expected);
      }
    }
  }

  @Test
  void halfASampleAtTheEndIsDropped() throws IOException {
    byte[] bytes = raw(WavBytes.of(16_000, 2, WavBytes.Encoding.SIGNED_16, 0.5, 0.25, -0.5, 0));
    for (int missing = 1; missing < 4; missing++) {
      byte[] cut = Arrays.copyOf(bytes, bytes.length - missing);
      try (PcmInput input = PcmInput.of(new Portions(cut, 3), 16_000, 2)) {
        assertThat(input.read(10)).contains(Waveform.of(0.375f));
        assertThat(input.read(10)).isEmpty();
      }
    }
  }

  @Test
  void nothingIsTheEndAtOnce() throws IOException {
    for (byte[] bytes : new byte[][] {{}, {1}}) {
      try (PcmInput input = PcmInput.of(new ByteArrayInputStream(bytes), 44_100, 1)) {
        assertThat(input.read(1)).isEmpty();
        assertThat(input.read(1)).isEmpty();
      }
    }
  }

  @Test
  void portionsLeaveNoTraceAtOddRates() throws IOException {
    byte[] raw = raw(WavBytes.mono(44_056, WavBytes.tone(440, 0.5, 44_056, 44_055)));
    Waveform whole = readAll(raw, 1 << 20);
    assertThat(readAll(raw, 7)).isEqualTo(whole);
    Waveform decoded =
        AudioDecoder.create()
            .decode(WavBytes.mono(44_056, WavBytes.tone(440, 0.5, 44_056, 44_055)), "a.wav");
    assertThat(whole.length()).isEqualTo(decoded.length());
    for (int i = 0; i < whole.length(); i++) {
      assertThat(whole.get(i)).isCloseTo(decoded.get(i), within(3e-5f));
    }
  }

  @Test
  void whatHasComeIsReadThoughThePipeIsOpen() throws IOException {
    byte[] wav = WavBytes.mono(16_000, WavBytes.tone(440, 0.5, 16_000, 320));
    Waveform expected = AudioDecoder.create().decode(wav, "a.wav");
    byte[] raw = raw(wav);
    try (PipedOutputStream pipe = new PipedOutputStream();
        PcmInput input = PcmInput.of(new PipedInputStream(pipe, 1 << 16), 16_000, 1)) {
      pipe.write(raw, 0, 333);
      assertThat(input.read(160)).contains(expected.slice(0, 160));
      pipe.write(raw, 333, raw.length - 333);
      assertThat(input.read(160)).contains(expected.slice(160, 320));
    }
  }

  @ParameterizedTest
  @CsvSource({"999, 1", "768001, 1", "16000, 0", "16000, 65"})
  void impossibleFormatIsTheCallersMistake(int rateHz, int channels) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PcmInput.of(InputStream.nullInputStream(), rateHz, channels));
  }

  @Test
  void readingNothingOrAfterTheEndIsTheCallersMistake() throws IOException {
    PcmInput input = PcmInput.of(InputStream.nullInputStream(), 16_000, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> input.read(0));
    input.close();
    input.close();
    assertThatIllegalStateException().isThrownBy(() -> input.read(1));
  }

  private static Waveform readAll(byte[] raw, int portion) throws IOException {
    try (PcmInput input = PcmInput.of(new Portions(raw, portion), 44_056, 1)) {
      return Recordings.readAll(input, 1000);
    }
  }

  private static byte[] raw(byte[] wav) {
    return Arrays.copyOfRange(wav, WavBytes.HEADER_BYTES, wav.length);
  }

  /** Gives bytes in portions of at most so many, as a pipe may. */
  private static final class Portions extends ByteArrayInputStream {

    private final int most;

    Portions(byte[] bytes, int most) {
      super(bytes);
      this.most = most;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, most));
    }
  }
}
