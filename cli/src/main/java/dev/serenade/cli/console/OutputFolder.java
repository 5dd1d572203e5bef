package dev.serenade.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that a command puts its report in. */
public final class OutputFolder {

  private OutputFolder() {}

  /** Makes the folder, and finds out before hours of work, not after, that it can be written to. */
  public static void requireWritable(Path folder) throws CannotRunException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CannotRunException("cannot make the folder of the report: " + e, e);
    }
    if (!Files.isWritable(folder)) {
      throw new CannotRunException("cannot write into %s".formatted(folder));
    }
  }
}
