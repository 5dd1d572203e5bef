package dev.serenade.server.history;

import dev.serenade.server.history.HistoryException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The recordings of a history: a file each, {@code ID.ending}, that appears whole or not at all.
 *
 * <p>The file {@value #OWNER} names the history, so that no other one takes its recordings for left
 * over and removes them.
 */
final class AudioFolder {

  static final String OWNER = "history-id";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern FILE = Pattern.compile("([A-Za-z0-9_-]{1,64})\\.[a-z0-9]{2,4}");
  private static final String UNFINISHED = ".part";
  private static final String UNCLAIMED = ".";
  private static final int AT_ONCE = 500;

  private final Path folder;

  private AudioFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder, and makes it if need be.
   *
   * @param history whose recordings are in it
   */
  static AudioFolder open(Path folder, String history) throws HistoryException {
    try {
      Folders.create(folder);
      if (!Files.exists(folder.resolve(OWNER))) {
        requireNoRecordings(folder, history);
        claim(folder, history);
      }
    } catch (HistoryException e) {
      throw e;
    } catch (IOException e) {
      throw Folders.explain(folder, e);
    }
    return openExisting(folder, history);
  }

  /** Another server of the same history may do so at the same time. */
  private static void claim(Path folder, String history) throws IOException {
    Path unfinished = Files.createTempFile(folder, OWNER, UNCLAIMED);
    try {
      Files.writeString(unfinished, history);
      Files.move(unfinished, folder.resolve(OWNER), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Opens a folder that must have been opened before. */
  static AudioFolder openExisting(Path folder, String history) throws HistoryException {
    Path owner = folder.resolve(OWNER);
    if (!Files.exists(owner)) {
      throw new HistoryException(
          Reason.MISSING, "%s: expected the recordings of a history, found none".formatted(folder));
    }
    try {
      String found = Files.readString(owner).strip();
      if (!found.equals(history)) {
        throw notOurs(folder, history, "those of " + Folders.oneLine(found));
      }
    } catch (HistoryException e) {
      throw e;
    } catch (IOException e) {
      throw Folders.explain(folder, e);
    }
    return new AudioFolder(folder);
  }

  private static void requireNoRecordings(Path folder, String history) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (FILE.matcher(String.valueOf(file.getFileName())).matches()) {
          throw notOurs(
              folder, history, "%s without a file %s".formatted(file.getFileName(), OWNER));
        }
      }
    }
  }

  private static HistoryException notOurs(Path folder, String history, String found) {
    return new HistoryException(
        Reason.DAMAGED,
        "%s: expected the recordings of history %s, found %s".formatted(folder, history, found));
  }

  private Path path(String id, String ending) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("expected a name of base64url, found " + id);
    }
    return folder.resolve(id + ending);
  }

  Path path(String id, AudioContainer container) {
    return path(id, "." + container.word());
  }

  /** Copies a recording here, down to the disk. */
  AudioContainer write(String id, AudioSource audio) throws HistoryException {
    Path unfinished = path(id, UNFINISHED);
    try {
      AudioContainer container;
      try (InputStream in = audio.open();
          FileChannel file = Folders.newFile(unfinished);
          OutputStream out = Channels.newOutputStream(file)) {
        byte[] beginning = in.readNBytes(AudioContainer.BYTES);
        container = AudioContainer.of(beginning);
        out.write(beginning);
        in.transferTo(out);
        file.force(true);
      }
      Files.move(unfinished, path(id, container), StandardCopyOption.ATOMIC_MOVE);
      return container;
    } catch (IOException e) {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw Folders.explain(folder, e);
    }
  }

  void delete(String id, AudioContainer container) throws HistoryException {
    try {
      Files.deleteIfExists(path(id, container));
    } catch (IOException e) {
      throw Folders.explain(folder, e);
    }
  }

  /** Says which analyses are known. */
  @FunctionalInterface
  interface Known {

    /** Returns those of the names that are. */
    Set<String> of(List<String> ids) throws HistoryException;
  }

  /** Removes recordings of no analysis, unless they are newer than this: one may yet come. */
  void sweep(Instant newest, Known known) throws HistoryException {
    Map<String, List<Path>> old = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && isOlder(file, newest)) {
          old.computeIfAbsent(name.group(1), id -> new ArrayList<>()).add(file);
        }
      }
      List<String> ids = List.copyOf(old.keySet());
      for (int i = 0; i < ids.size(); i += AT_ONCE) {
        List<String> some = ids.subList(i, Math.min(i + AT_ONCE, ids.size()));
        Set<String> kept = known.of(some);
        for (String id : some) {
          for (Path file : old.getOrDefault(id, List.of())) {
            if (!kept.contains(id) || file.toString().endsWith(UNFINISHED)) {
              Files.deleteIfExists(file);
            }
          }
        }
      }
    } catch (HistoryException e) {
      throw e;
    } catch (IOException e) {
      throw Folders.explain(folder, e);
    }
  }

  private static boolean isOlder(Path file, Instant time) throws IOException {
    try {
      return Files.isRegularFile(file)
          && Files.getLastModifiedTime(file).toInstant().isBefore(time);
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
