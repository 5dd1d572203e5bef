package dev.serenade.server.history;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes folders, and says in one line why files cannot be used. */
final class Folders {

  private Folders() {}

  /** Makes a folder for its owner only: recordings are private. */
  static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, rights(folder, "rwx------"));
    }
  }

  /** Makes a file for its owner only, whoever may look into its folder. */
  static FileChannel newFile(Path file) throws IOException {
    return FileChannel.open(file, Set.of(CREATE_NEW, WRITE), rights(file, "rw-------"));
  }

  private static FileAttribute<?>[] rights(Path path, String rights) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  static HistoryException explain(Path folder, IOException e) {
    String reason =
        e instanceof FileSystemException file && file.getReason() != null
            ? file.getReason()
            : e.getMessage();
    String text = String.valueOf(reason);
    if (text.contains("No space left") || text.contains("not enough space")) {
      return new HistoryException(
          HistoryException.Reason.NO_SPACE, folder + ": no space left on the disk", e);
    }
    if (e instanceof AccessDeniedException denied) {
      text = "not permitted at " + denied.getFile();
    } else if (e instanceof FileAlreadyExistsException exists) {
      text = "expected a folder, found a file at " + exists.getFile();
    }
    return new HistoryException(
        HistoryException.Reason.UNAVAILABLE, "%s: %s".formatted(folder, oneLine(text)), e);
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
