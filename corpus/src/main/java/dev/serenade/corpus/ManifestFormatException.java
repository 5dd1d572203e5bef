package dev.serenade.corpus;

import java.nio.file.Path;

/** A manifest that cannot be read as a whole; the message says in which file, line and column. */
public final class ManifestFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  /** At a line (from 1) and a named column. */
  public ManifestFormatException(Path file, long line, String column, String problem) {
    super("%s: line %d, column %s: %s".formatted(file, line, column, problem));
  }

  /** At a line (from 1). */
  public ManifestFormatException(Path file, long line, String problem) {
    super("%s: line %d: %s".formatted(file, line, problem));
  }

  /** About the whole file. */
  public ManifestFormatException(Path file, String problem) {
    super("%s: %s".formatted(file, problem));
  }
}
