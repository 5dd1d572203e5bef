package dev.serenade.whisper;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of real weights, corpora and reference values; tests that need it are skipped without.
 */
final class Shared {

  private Shared() {}

  static Path path(String relative) {
    Path path = Path.of(System.getProperty("serenade.shared", "../../shared")).resolve(relative);
    assumeTrue(Files.exists(path), () -> "skipped: needs " + path);
    return path;
  }
}
