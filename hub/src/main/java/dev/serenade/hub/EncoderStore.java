package dev.serenade.hub;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The models below a root: folders of it, of folders of owners, and files of whisper.cpp.
 *
 * @param root where they are kept; need not exist
 */
public record EncoderStore(Path root) {

  private static final String PULLING = ".pull";

  /** Returns what is there, by name. A folder whose record is damaged counts as one without. */
  public List<StoredEncoder> list() throws IOException {
    List<StoredEncoder> found = new ArrayList<>();
    for (Path path : children(root)) {
      if (isModel(path)) {
        found.add(describe(path));
      } else if (Files.isDirectory(path)) {
        for (Path inner : children(path)) {
          if (isModel(inner)) {
            found.add(describe(inner));
          }
        }
      }
    }
    found.sort(Comparator.comparing(StoredEncoder::name));
    return found;
  }

  /**
   * Returns one that is there.
   *
   * @param name its place below the root, or the name of a repository
   */
  public Optional<StoredEncoder> find(String name) throws IOException {
    String kept = name.startsWith("openai/") ? name.substring("openai/".length()) : name;
    return list().stream().filter(encoder -> encoder.name().equals(kept)).findFirst();
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !String.valueOf(child.getFileName()).startsWith("."))
          .toList();
    }
  }

  private static boolean isModel(Path path) {
    return Files.isRegularFile(path.resolve("config.json"))
        || Files.isRegularFile(path.resolve("adapter_config.json"))
        || (Files.isRegularFile(path) && path.toString().endsWith(".bin"));
  }

  private StoredEncoder describe(Path path) throws IOException {
    Optional<PullRecord> record;
    try {
      record = PullRecord.read(path);
    } catch (HubException damaged) {
      record = Optional.empty();
    }
    String name = root.relativize(path).toString().replace('\\', '/');
    return new StoredEncoder(name, path, sizeBytes(path), record);
  }

  /**
   * Compares a folder's files with the hashes in its record.
   *
   * @return the state of each file, by name; empty if there is no record to compare with
   * @throws HubException if the record is damaged
   */
  public static SortedMap<String, FileState> verify(StoredEncoder encoder) throws IOException {
    SortedMap<String, FileState> states = new TreeMap<>();
    Optional<PullRecord> record = PullRecord.read(encoder.path());
    if (record.isPresent()) {
      for (var file : record.get().sha256().entrySet()) {
        states.put(file.getKey(), state(encoder.path().resolve(file.getKey()), file.getValue()));
      }
    }
    return states;
  }

  private static FileState state(Path file, String sha256) throws IOException {
    if (!Files.isRegularFile(file)) {
      return FileState.MISSING;
    }
    return FileHash.sha256(file).equals(sha256) ? FileState.INTACT : FileState.DAMAGED;
  }

  /**
   * Removes a model, and what was begun of a download of it. Links are removed, not what they lead
   * to.
   *
   * @throws HubException if it is not below the root, be it by way of a link
   */
  public void remove(StoredEncoder encoder) throws IOException {
    Path parent = Objects.requireNonNull(encoder.path().toAbsolutePath().normalize().getParent());
    Path realRoot = root.toRealPath();
    Path realParent = parent.toRealPath();
    if (!realParent.startsWith(realRoot)
        || realParent.startsWith(realRoot.resolve(PULLING))
        || encoder.path().toAbsolutePath().normalize().equals(root.toAbsolutePath().normalize())) {
      throw new HubException(
          "%s is not below %s; nothing was removed".formatted(encoder.path(), root));
    }
    deleteTree(encoder.path());
    if (!realParent.equals(realRoot) && isEmpty(parent)) {
      Files.delete(parent);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }

  /** Returns how many bytes the files at a place hold. */
  static long sizeBytes(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path, 1)) {
      long sum = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  /** Deletes what is there; of a link, the link. */
  static void deleteTree(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
