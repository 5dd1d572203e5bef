package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader makes of recordings that are not whole. */
class DamagedReadingTest {

  private static final AudioDecoder DECODER = AudioDecoder.create();
  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;

  /** A damaged frame may spoil the sound of the next ones, whose codec builds on it. */
  private static final double SPOILED_SECONDS = 0.25;

  @TempDir private Path folder;

  /**
   * Twelve seconds of a rising tone, a fifth of the bytes or less overwritten in their middle.
   *
   * @param lateSeconds by how much what follows may be off: one frame, where the time is told by
   *     bytes and frames take more bytes for higher tones; else what two decodings differ by
   */
  @ParameterizedTest
  @CsvSource({
    "sweep.flac, 0.0001",
    "sweep.mp3, 0.0001",
    "sweep-plain.mp3, 0.0001",
    "sweep.ogg, 0.0001",
    "sweep.opus, 0.0001",
    "sweep.m4a, 0.0001",
    "sweep.aac, 0.065",
    "sweep.webm, 0.001"
  })
  void soundAfterDamageIsAtItsTime(String name, double lateSeconds) throws IOException {
    byte[] bytes = Recordings.read(name);
    Waveform whole = DECODER.decode(bytes, name);
    for (double part : new double[] {0.01, 0.05, 0.2}) {
      for (boolean zeros : new boolean[] {true, false}) {
        byte[] damaged = overwrite(bytes, (int) (0.4 * bytes.length), part, zeros);
        String label = "%s, %s of it, %s".formatted(name, part, zeros ? "zeros" : "noise");
        try (AudioReader reader = DECODER.open(damaged, name)) {
          Waveform read = Recordings.readAll(reader, 1600);
          assertThat(reader.gaps()).as(label).isNotEmpty();
          Gap gap = reader.gaps().get(0);
          double end = reader.gaps().get(reader.gaps().size() - 1).endSeconds();
          // Not all formats give a second the same share of the bytes.
          assertThat(gap.startSeconds()).as(label).isBetween(0.9, 5.6);
          assertThat(end - gap.startSeconds()).as(label).isBetween(0.03, 12 * part + 3);
          int before = (int) (gap.startSeconds() * RATE_HZ) - RATE_HZ / 10;
          assertThat(read.slice(0, before)).as(label).isEqualTo(whole.slice(0, before));
          assertThat(late(whole, read, (int) ((end + SPOILED_SECONDS) * RATE_HZ)))
              .as(label)
              .isLessThanOrEqualTo(lateSeconds);
          assertThat(read.durationSeconds())
              .as(label)
              .isCloseTo(whole.durationSeconds(), within(0.1));
        }
      }
    }
  }

  @Test
  void gapIsSilent() throws IOException {
    byte[] bytes = Recordings.read("sweep.flac");
    byte[] damaged = overwrite(bytes, bytes.length / 3, 0.1, true);
    try (AudioReader reader = DECODER.open(damaged, "a.flac")) {
      Waveform read = Recordings.readAll(reader, 1000);
      Waveform whole = DECODER.decode(bytes, "a.flac");
      assertThat(reader.gaps()).hasSize(1);
      int start = (int) Math.round(reader.gaps().get(0).startSeconds() * RATE_HZ);
      int end = (int) Math.round(reader.gaps().get(0).endSeconds() * RATE_HZ);
      assertThat(read.slice(start, end)).isEqualTo(Waveform.of(new float[end - start]));
      assertThat(read.slice(0, start)).isEqualTo(whole.slice(0, start));
      assertThat(read.slice(end, read.length())).isEqualTo(whole.slice(end, whole.length()));
    }
  }

  @Test
  void damagedStartIsGapToo() throws IOException {
    byte[] bytes = Recordings.read("sweep.flac");
    Waveform whole = DECODER.decode(bytes, "a.flac");
    // The first frame is behind a header of 8256 bytes, most of it padding.
    byte[] damaged = overwrite(bytes, 8300, 0.05, true);
    try (AudioReader reader = DECODER.open(damaged, "a.flac")) {
      Waveform read = Recordings.readAll(reader, 1000);
      assertThat(reader.gaps()).hasSize(1);
      assertThat(reader.gaps().get(0).startSeconds()).isZero();
      int end = (int) Math.round(reader.gaps().get(0).endSeconds() * RATE_HZ);
      assertThat(read.slice(end, read.length())).isEqualTo(whole.slice(end, whole.length()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sweep.flac",
        "sweep.mp3",
        "sweep-plain.mp3",
        "sweep.ogg",
        "sweep.opus",
        "sweep.m4a",
        "sweep.aac",
        "sweep.webm"
      })
  void cutRecordingIsReadToWhereItStops(String name) throws IOException {
    byte[] bytes = Recordings.read(name);
    Waveform whole = DECODER.decode(bytes, name);
    double shortest = Double.POSITIVE_INFINITY;
    for (double kept = 0.99; kept > 0; kept -= 0.07) {
      byte[] cut = Arrays.copyOf(bytes, (int) (kept * bytes.length));
      if (Recordings.reasonToRefuse(cut, name) != AudioFormatException.Reason.TRUNCATED) {
        continue;
      }
      try (AudioReader reader = DECODER.open(cut, name)) {
        Waveform read = Recordings.readAll(reader, 1600);
        String label = "%s cut to %s".formatted(name, kept);
        assertThat(reader.gaps()).as(label).hasSize(1);
        Gap gap = reader.gaps().get(0);
        assertThat(gap.startSeconds()).as(label).isCloseTo(read.durationSeconds(), within(0.001));
        // An Ogg file says only by its last page how long it is, so this one is its end.
        boolean ogg = name.endsWith(".ogg") || name.endsWith(".opus");
        if (reader.statedSeconds().isPresent() && !ogg) {
          assertThat(gap.endSeconds()).as(label).isCloseTo(12, within(0.1));
        }
        int sound = read.length() - RATE_HZ / 5;
        if (sound > 0) {
          assertThat(read.slice(0, sound)).as(label).isEqualTo(whole.slice(0, sound));
        }
        shortest = Math.min(shortest, read.durationSeconds());
      } catch (AudioFormatException e) {
        // Not even the header, or no frame, is left.
        assertThat(kept).as(name).isLessThan(0.4);
        assertThat(e).hasMessage(Recordings.refusal(cut, name).getMessage());
      }
    }
    assertThat(shortest).isLessThan(6);
  }

  @ParameterizedTest
  @CsvSource({"0.75, 3.0", "0.4, 3.0"})
  void cutWavEndsWithGapToTheLengthOfItsHeader(double kept, double end) throws IOException {
    byte[] wav = WavBytes.mono(44_100, WavBytes.tone(440, 0.5, 44_100, 3 * 44_100));
    byte[] cut = Arrays.copyOf(wav, (int) (kept * wav.length));
    try (AudioReader reader = DECODER.open(cut, "cut.wav")) {
      Waveform read = Recordings.readAll(reader, 1600);
      assertThat(read.durationSeconds()).isCloseTo(3 * kept, within(0.001));
      assertThat(reader.gaps()).hasSize(1);
      assertThat(reader.gaps().get(0).startSeconds()).isCloseTo(3 * kept, within(0.001));
      assertThat(reader.gaps().get(0).endSeconds()).isCloseTo(end, within(0.001));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sweep.flac", "sweep.mp3", "sweep.ogg", "sweep.m4a", "sweep.webm", "silent.mp4"})
  void whatHasNoSoundIsRefusedAsByTheDecoder(String name) {
    byte[] bytes = Recordings.read(name);
    for (byte[] some :
        List.of(
            new byte[0],
            new byte[10_000],
            Arrays.copyOf(bytes, 10),
            Arrays.copyOf(bytes, 60),
            name.getBytes(StandardCharsets.UTF_8))) {
      AudioFormatException refusal =
          catchThrowableOfType(AudioFormatException.class, () -> readAll(some, name));
      assertThat(refusal).hasMessage(Recordings.refusal(some, name).getMessage());
      assertThat(refusal.reason()).isEqualTo(Recordings.reasonToRefuse(some, name));
    }
  }

  @Test
  void oneWithoutASampleIsEmpty() {
    byte[] wav = WavBytes.mono(48_000, 0.5);
    assertThat(catchThrowableOfType(AudioFormatException.class, () -> readAll(wav, "a.wav")))
        .hasMessage("a.wav: audio expected, found no samples");
  }

  @Test
  void missingFileAndFolderAreRefused() {
    for (Path path : List.of(folder, folder.resolve("none.wav"))) {
      assertThat(catchThrowableOfType(AudioFormatException.class, () -> DECODER.open(path)))
          .hasMessage(Recordings.refusal(path).getMessage());
    }
  }

  @Test
  void nonFiniteSamplesAreGapsOfSilence() throws IOException {
    for (int rateHz : new int[] {16_000, 48_000}) {
      double[] samples = new double[rateHz];
      Arrays.fill(samples, 0.25);
      Arrays.fill(samples, rateHz / 4, rateHz / 4 + 10, Double.NaN);
      samples[rateHz / 2] = Double.POSITIVE_INFINITY;
      samples[rateHz / 4 * 3] = -1e25;
      byte[] wav = WavBytes.of(rateHz, 1, WavBytes.Encoding.FLOAT_32, samples);
      try (AudioReader reader = DECODER.open(wav, "bad.wav")) {
        Waveform read = Recordings.readAll(reader, 999);
        assertThat(read.length()).isEqualTo(16_000);
        assertThat(read.get(4002)).isZero();
        assertThat(read.get(6000)).isEqualTo(0.25f);
        assertThat(reader.gaps())
            .extracting(gap -> Math.round(gap.startSeconds() * 20))
            .containsExactly(5L, 10L, 15L);
        assertThat(reader.gaps().get(0).detail()).startsWith("finite samples expected");
      }
    }
  }

  @Test
  void fileRemovedWhileItIsReadIsReadToItsEnd() throws IOException {
    assumeTrue(
        !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows"),
        "an open file cannot be removed here");
    Path file = Files.write(folder.resolve("a.mp3"), Recordings.read("sweep.mp3"));
    Waveform whole = DECODER.decode(file);
    try (AudioReader reader = DECODER.open(file)) {
      Files.delete(file);
      assertThat(Recordings.readAll(reader, 1600)).isEqualTo(whole);
      assertThat(reader.gaps()).isEmpty();
    }
  }

  @Test
  void fileThatShrinksWhileItIsReadEndsThere() throws IOException {
    double[] noise = new Random(3).doubles(20 * RATE_HZ, -0.5, 0.5).toArray();
    Path file = Files.write(folder.resolve("a.wav"), WavBytes.mono(RATE_HZ, noise));
    Waveform whole = DECODER.decode(file);
    try (AudioReader reader = DECODER.open(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(reader.read(RATE_HZ)).contains(whole.slice(0, RATE_HZ));
      channel.truncate(WavBytes.HEADER_BYTES + 2 * 10 * RATE_HZ);
      Waveform rest = Recordings.readAll(reader, RATE_HZ);
      assertThat(rest).isEqualTo(whole.slice(RATE_HZ, 10 * RATE_HZ));
      assertThat(reader.gaps()).hasSize(1);
      assertThat(reader.gaps().get(0).startSeconds()).isEqualTo(10);
      assertThat(reader.gaps().get(0).endSeconds()).isCloseTo(20, within(0.001));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sweep.flac",
        "sweep.mp3",
        "sweep-plain.mp3",
        "sweep.ogg",
        "sweep.opus",
        "sweep.m4a",
        "sweep.aac",
        "sweep.webm",
        "adpcm.wav",
        "tone.aiff",
        "video.avi"
      })
  void fileThatIsEmptiedWhileItIsReadEnds(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), Recordings.read(name));
    Waveform whole = DECODER.decode(file);
    try (AudioReader reader = DECODER.open(file)) {
      Waveform first = reader.read(1600).orElseThrow();
      assertThat(first).isEqualTo(whole.slice(0, 1600));
      Files.write(file, new byte[0]);
      assertThat(Recordings.readAll(reader, 1600).length()).isLessThan(whole.length());
    }
  }

  @Test
  void lengthThatTheHeaderMakesUpIsNotFilled() {
    byte[] flac = Recordings.read("sweep.flac");
    // The total of STREAMINFO: 36 bits, of which the last 32 are here.
    Arrays.fill(flac, 22, 26, (byte) 0xFF);
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          try (AudioReader reader = DECODER.open(flac, "a.flac")) {
            assertThat(Recordings.readAll(reader, 16_000).durationSeconds()).isEqualTo(12);
            assertThat(reader.gaps()).hasSize(1);
            assertThat(reader.gaps().get(0).endSeconds()).isGreaterThan(200_000);
          }
        });
  }

  /** Eight hours that take no room on the disk; a second or so to read. */
  @Test
  void hoursAreReadInLittleMemory() throws IOException {
    int seconds = 8 * 3600;
    Path file = folder.resolve("long.wav");
    byte[] header = WavBytes.withDataSize(WavBytes.mono(RATE_HZ), 2 * RATE_HZ * seconds);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(header));
      channel.write(ByteBuffer.allocate(2), header.length + 2L * RATE_HZ * seconds - 2);
    }
    long samples = 0;
    try (AudioReader reader = DECODER.open(file)) {
      assertThat(reader.statedSeconds()).hasValue(seconds);
      for (var piece = reader.read(RATE_HZ); piece.isPresent(); piece = reader.read(RATE_HZ)) {
        samples += piece.get().length();
      }
      assertThat(reader.gaps()).isEmpty();
    }
    assertThat(samples).isEqualTo((long) RATE_HZ * seconds);
  }

  @Test
  void interruptedThreadStopsAndStaysInterrupted() throws IOException {
    try (AudioReader reader = DECODER.open(Recordings.read("sweep.mp3"), "a.mp3")) {
      Thread.currentThread().interrupt();
      try {
        assertThatExceptionOfType(InterruptedIOException.class)
            .isThrownBy(() -> reader.read(10 * RATE_HZ))
            .withMessageContaining("a.mp3");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void readingNothingOrAfterTheEndIsTheCallersMistake() throws IOException {
    AudioReader reader = DECODER.open(Recordings.read("tone.flac"), "a.flac");
    assertThatIllegalArgumentException().isThrownBy(() -> reader.read(0));
    reader.close();
    reader.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> reader.read(1))
        .withMessage("a.flac: read after it was closed");
  }

  private static void readAll(byte[] bytes, String name) throws IOException {
    try (AudioReader reader = DECODER.open(bytes, name)) {
      Recordings.readAll(reader, 1600);
    }
  }

  private static byte[] overwrite(byte[] bytes, int from, double part, boolean zeros) {
    byte[] damaged = bytes.clone();
    byte[] noise = new byte[(int) (part * bytes.length)];
    if (!zeros) {
      new Random(from).nextBytes(noise);
    }
    System.arraycopy(noise, 0, damaged, from, noise.length);
    return damaged;
  }

  /** Returns by how many seconds, either way, half a second of sound fits best elsewhere. */
  private static double late(Waveform whole, Waveform read, int from) {
    int best = Integer.MAX_VALUE;
    double smallest = Double.POSITIVE_INFINITY;
    for (int shift = -RATE_HZ / 5; shift <= RATE_HZ / 5; shift++) {
      double error = 0;
      for (int i = from; i < from + RATE_HZ / 2 && error < smallest; i += 3) {
        double difference = read.get(i) - whole.get(i + shift);
        error += difference * difference;
      }
      if (error < smallest) {
        smallest = error;
        best = shift;
      }
    }
    return Math.abs(best) / (double) RATE_HZ;
  }
}
