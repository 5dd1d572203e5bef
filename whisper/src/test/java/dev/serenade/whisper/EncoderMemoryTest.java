package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory outside the Java heap, which no garbage collector reports. */
class EncoderMemoryTest {

  private static final Path STATUS = Path.of("/proc/self/status");

  /** 1.5 million weights, 6 MB: an encoder that is kept after it was closed cannot hide. */
  private static final WhisperConfig CONFIG = new WhisperConfig(192, 3, 4, 768, 80, 1500);

  private static final int LOADS = 30;

  @Test
  void closedEncodersGiveTheirMemoryBack(@TempDir Path folder) throws IOException {
    assumeTrue(Files.exists(STATUS), "skipped: resident memory is read from " + STATUS);
    RandomEncoder.create(CONFIG, 3, 1).write(folder, ElementType.F16);
    loadAndClose(folder, 10);
    long before = residentMegabytes();
    loadAndClose(folder, LOADS);
    long grown = residentMegabytes() - before;
    // All of them kept would be 180 MB of weights alone.
    assertThat(grown).as("growth over %d loads, in MB", LOADS).isLessThan(60);
  }

  private static void loadAndClose(Path folder, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (WhisperEncoder encoder =
          WhisperEncoder.load(
              folder, Window.adaptive(), States.layers(3, 3), new SessionSettings(2))) {
        encoder.encode(States.noise(16_000, i));
      }
      // Buffers outside the heap go when their owners are collected.
      System.gc();
    }
  }

  private static long residentMegabytes() throws IOException {
    String line =
        Files.readAllLines(STATUS).stream()
            .filter(l -> l.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
  }
}
