package dev.serenade.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeResourcesTest {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  /** A leak of the smallest native buffer, 64 KiB, would be 256 MB; the heap may grow by 48. */
  private static final long MEMORY_TOLERANCE_BYTES = 100L << 20;

  private static final int ROUNDS = 1000;

  @TempDir private Path folder;

  @Test
  void thousandsOfRecordingsLeakNeitherFilesNorMemory() throws Exception {
    assumeTrue(Files.exists(OPEN_FILES), "no list of open files at " + OPEN_FILES);
    write("tone.flac", 0);
    write("tone.m4a", 0);
    write("bad.flac", 2000);
    write("bad.m4a", 2000);
    // A process of its own, so that the growth of this one's heap is not taken for a leak.
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                NativeResourcesTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String[] growth =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split(" ", -1);
    assertThat(process.waitFor()).isZero();
    assertThat(Long.parseLong(growth[0])).as("open files").isLessThan(10);
    assertThat(Long.parseLong(growth[1])).as("bytes").isLessThan(MEMORY_TOLERANCE_BYTES);
  }

  /**
   * Decodes and filters a folder's recordings over and over; prints how many files and bytes are
   * lost.
   */
  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(Path.of(arguments[0]))) {
      files = listed.toList();
    }
    decodeAll(files, ROUNDS / 5);
    long filesBefore = openFiles();
    long bytesBefore = Pointer.physicalBytes();
    decodeAll(files, ROUNDS);
    System.out.println((openFiles() - filesBefore) + " " + (Pointer.physicalBytes() - bytesBefore));
  }

  @Test
  void manyThreadsDecodeAtOnce() throws Exception {
    byte[] bytes = Recordings.read("vbr.mp3");
    Waveform expected = AudioDecoder.create().decode(bytes, "vbr.mp3");
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Waveform>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        tasks.add(() -> AudioDecoder.create().decode(bytes, "vbr.mp3"));
      }
      for (Future<Waveform> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void interruptedThreadStopsAndStaysInterrupted() throws IOException {
    Path file = write("tone.flac", 0);
    for (Callable<Waveform> decode :
        List.<Callable<Waveform>>of(
            () -> AudioDecoder.create().decode(file),
            () -> AudioDecoder.create().decode(Recordings.read("tone.flac"), "tone.flac"))) {
      Thread.currentThread().interrupt();
      try {
        assertThatExceptionOfType(InterruptedIOException.class)
            .isThrownBy(decode::call)
            .withMessageContaining("tone.flac");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  /** Writes the recording of the same extension, without some bytes of its end. */
  private Path write(String name, int missingBytes) throws IOException {
    byte[] bytes = Recordings.read(name.replace("bad", "tone"));
    return Files.write(folder.resolve(name), Arrays.copyOf(bytes, bytes.length - missingBytes));
  }

  private static void decodeAll(List<Path> files, int rounds) throws IOException {
    for (int i = 0; i < rounds; i++) {
      for (Path file : files) {
        try {
          try (AudioReader reader = AudioDecoder.create().open(file)) {
            reader.read(100);
          }
          AudioFilter.of("atempo=1.1").apply(AudioDecoder.create().decode(file));
          assertThat(file.getFileName().toString()).startsWith("tone");
        } catch (AudioFormatException e) {
          assertThat(file.getFileName().toString()).startsWith("bad");
        }
      }
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return files.count();
    }
  }
}
