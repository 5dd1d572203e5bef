package dev.serenade.training;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A folder in which trainings keep their state after each epoch, so that a run that was killed goes
 * on where it was when it is started again, and ends with what it would have given unbroken, to the
 * bit.
 *
 * <p>Each training has a file of its own, a few times as large as its head. A training that is
 * started again when it had ended runs no epoch. Safe for use by many threads; of two processes
 * that use one folder, each goes on with what it has in memory.
 */
public final class Checkpoints {

  /** Keeps nothing. */
  public static final Checkpoints NONE = new Checkpoints(Optional.empty(), "");

  private final Optional<Path> folder;
  private final String prefix;
  private final AtomicBoolean failureTold;

  private Checkpoints(Optional<Path> folder, String prefix) {
    this(folder, prefix, new AtomicBoolean());
  }

  private Checkpoints(Optional<Path> folder, String prefix, AtomicBoolean failureTold) {
    this.folder = folder;
    this.prefix = prefix;
    this.failureTold = failureTold;
  }

  /** Returns the checkpoints in a folder, which need not exist. */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(Optional.of(folder), "");
  }

  /** Returns those of a part of the work, in the same folder. */
  public Checkpoints part(String name) {
    return new Checkpoints(folder, prefix + name + "-", failureTold);
  }

  /**
   * Returns the checkpoint of one training.
   *
   * @param name that of its file, without ending
   */
  public Checkpoint named(String name) {
    return new Checkpoint(
        folder.map(f -> f.resolve(prefix + name + Checkpoint.SUFFIX)), failureTold);
  }

  /**
   * Deletes all checkpoints in the folder, and the folder if nothing else is in it.
   *
   * @throws IOException if that fails
   */
  public void delete() throws IOException {
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return;
    }
    String ours = "*{" + Checkpoint.SUFFIX + "," + Checkpoint.UNFINISHED_SUFFIX + "}";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.get(), ours)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    try {
      Files.deleteIfExists(folder.get());
    } catch (DirectoryNotEmptyException e) {
      // Something in it is not ours.
    }
  }
}
