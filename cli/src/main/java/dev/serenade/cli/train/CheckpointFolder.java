package dev.serenade.cli.train;

import dev.serenade.cli.console.Terminal;
import dev.serenade.training.Checkpoints;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a command keeps what it has trained so far, until its result is written.
 *
 * @param folder made when there is something to keep
 */
record CheckpointFolder(Path folder) {

  /** Returns the one beside a file that is to be written. */
  static CheckpointFolder beside(Path file) {
    return new CheckpointFolder(
        file.toAbsolutePath().resolveSibling(file.getFileName() + ".checkpoint"));
  }

  /** Returns the one in a folder that is to be written. */
  static CheckpointFolder within(Path report) {
    return new CheckpointFolder(report.resolve("checkpoints"));
  }

  Checkpoints checkpoints() {
    return Checkpoints.in(folder);
  }

  /** Deletes it once the result is written; the result matters more than what is left if not. */
  void delete(Terminal terminal) {
    try {
      checkpoints().delete();
    } catch (IOException e) {
      terminal.errorLine("%s is not needed any more, but stays: %s".formatted(folder, e));
    }
  }
}
