package dev.serenade.training.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files of a feature store, which other processes may add and delete at any time. */
record StoreFolder(Path root) {

  /** The end of the name of a clip's file. */
  static final String SUFFIX = ".safetensors";

  /** The end of the name of a file that is being written. */
  static final String UNFINISHED_SUFFIX = ".part";

  /** Nobody writes one clip for so long: whoever began it has been killed. */
  private static final Duration LONGEST_WRITE = Duration.ofHours(1);

  /** A file as it was when the folder was listed. */
  record Entry(Path file, long sizeBytes, Instant lastUsed) {}

  /** Returns the clips' files, those first that were not used for the longest time. */
  List<Entry> oldestFirst() throws IOException {
    return entries(SUFFIX).stream().sorted(Comparator.comparing(Entry::lastUsed)).toList();
  }

  /** Returns how much the clips' files take. */
  long sizeBytes() throws IOException {
    return entries(SUFFIX).stream().mapToLong(Entry::sizeBytes).sum();
  }

  /** Deletes what killed processes left behind. */
  void sweep() throws IOException {
    Instant oldest = Instant.now().minus(LONGEST_WRITE);
    for (Entry entry : entries(UNFINISHED_SUFFIX)) {
      if (entry.lastUsed().isBefore(oldest)) {
        Files.deleteIfExists(entry.file());
      }
    }
  }

  private List<Entry> entries(String suffix) throws IOException {
    List<Entry> entries = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(suffix)) {
              entries.add(
                  new Entry(file, attributes.size(), attributes.lastModifiedTime().toInstant()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // It was there when its folder was listed; another process has deleted it since.
            return FileVisitResult.CONTINUE;
          }
        });
    return entries;
  }
}
