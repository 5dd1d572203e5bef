package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {

  private static final AudioDecoder DECODER = AudioDecoder.create();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 22_050, 44_100, 44_056, 48_000})
  void rangeIsThatPartOfTheWhole(int rateHz) throws IOException {
    Path file = noise(rateHz, 6);
    Waveform whole = DECODER.decode(file);
    for (double[] range : new double[][] {{0, 1}, {0.5, 0.75}, {2.0001, 3}, {4.5, 6}, {3, 3.001}}) {
      int from = (int) Math.round(range[0] * 16_000);
      int to = (int) Math.round(range[1] * 16_000);
      Waveform part = DECODER.decode(file, range[0], range[1]);
      assertThat(part).as("%s s to %s s", range[0], range[1]).isEqualTo(whole.slice(from, to));
    }
    assertThat(DECODER.decode(file, 5.5, Double.POSITIVE_INFINITY))
        .isEqualTo(whole.slice(88_000, 96_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vbr.mp3", "tone.flac", "tone.ogg", "tone.opus", "tone.m4a", "tone.webm"})
  void rangeOfCompressedRecordingIsThatPart(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), Recordings.read(name));
    Waveform whole = DECODER.decode(file);
    assertThat(DECODER.decode(file, 0.25, 0.75)).isEqualTo(whole.slice(4_000, 12_000));
  }

  @ParameterizedTest
  @CsvSource({"1, 1.2", "0, 1.2", "0.5, 2"})
  void rangePastTheEndIsRefused(double start, double end) throws IOException {
    Path file = noise(16_000, 1);
    assertThat(reason(DECODER, file, start, end)).isEqualTo(Reason.OUT_OF_RANGE);
  }

  @Test
  void startFarPastTheEndIsRefused() throws IOException {
    assertThat(reason(DECODER, noise(44_100, 2), 100, 101)).isEqualTo(Reason.OUT_OF_RANGE);
    assertThat(reason(DECODER, noise(44_100, 2), 100, Double.POSITIVE_INFINITY))
        .isEqualTo(Reason.OUT_OF_RANGE);
  }

  @Test
  void endRoundedUpMeansTheEnd() throws IOException {
    assertThat(DECODER.decode(noise(16_000, 1), 0.5, 1.05).durationSeconds())
        .isCloseTo(0.5, within(1e-9));
  }

  @Test
  void limitIsOnTheRangeNotTheFile() throws IOException {
    AudioDecoder decoder = DECODER.withLimits(new DecodeLimits(1, 1 << 20));
    Path file = noise(16_000, 3);
    assertThat(decoder.decode(file, 2, 3).durationSeconds()).isEqualTo(1);
    assertThat(reason(decoder, file, 1.5, 3)).isEqualTo(Reason.TOO_LONG);
    assertThat(reason(decoder, file, 1.5, Double.POSITIVE_INFINITY)).isEqualTo(Reason.TOO_LONG);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "1, 1", "2, 1", "NaN, 1", "0, NaN", "Infinity, Infinity"})
  void impossibleRangeIsTheCallersMistake(double start, double end) throws IOException {
    Path file = noise(16_000, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> DECODER.decode(file, start, end));
  }

  private static Reason reason(AudioDecoder decoder, Path file, double start, double end) {
    return catchThrowableOfType(AudioFormatException.class, () -> decoder.decode(file, start, end))
        .reason();
  }

  private Path noise(int rateHz, int seconds) throws IOException {
    double[] samples = new Random(rateHz).doubles((long) rateHz * seconds, -0.9, 0.9).toArray();
    return Files.write(folder.resolve("noise.wav"), WavBytes.mono(rateHz, samples));
  }
}
