package dev.serenade.corpus;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real corpora and fold lists, which are not part of the repository. */
public final class SharedData {

  private SharedData() {}

  /** Returns a folder of the shared data; skips the test if it is not there. */
  public static Path folder(String name) {
    Path folder = Path.of(System.getProperty("serenade.shared", "")).resolve(name);
    assumeTrue(
        Files.isDirectory(folder), "skipped: no folder %s (set serenade.shared)".formatted(folder));
    return folder;
  }
}
