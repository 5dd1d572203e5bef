package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a cross-validation writes its report, and keeps checkpoints until that is written. What is
 * there already, of the same clips and settings, is not done again.
 *
 * @param terminal where it says what was done before
 */
record ReportFolder(Path folder, Terminal terminal) {

  /** Reads what is in a folder. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Path folder) throws IOException;
  }

  /** Trains and tests, or goes on with it. */
  @FunctionalInterface
  interface Work<T> {
    T run(CheckpointFolder checkpoints) throws CannotRunException, InterruptedException;
  }

  /** Writes into a folder. */
  @FunctionalInterface
  interface Writing<T> {
    void write(T done, Path folder) throws CannotRunException, IOException;
  }

  /**
   * Does the work and writes what comes of it, or reads that where it is there.
   *
   * @param isSame whether what was read is what the work would give
   */
  <T> T once(Reading<T> reading, Predicate<T> isSame, Work<T> work, Writing<T> writing)
      throws CannotRunException, InterruptedException {
    Optional<T> before = read(reading).filter(isSame);
    if (before.isPresent()) {
      terminal.errorLine("done before: " + folder);
      return before.get();
    }
    CheckpointFolder checkpoints = CheckpointFolder.within(folder);
    T done = work.run(checkpoints);
    try {
      writing.write(done, folder);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(folder, e), e);
    }
    checkpoints.delete(terminal);
    return done;
  }

  /** A report that is missing, cut off or another program's is made anew. */
  private <T> Optional<T> read(Reading<T> reading) {
    try {
      return Optional.of(reading.read(folder));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
