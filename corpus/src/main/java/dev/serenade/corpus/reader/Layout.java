package dev.serenade.corpus.reader;

import dev.serenade.corpus.internal.AudioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Walks the folder of a corpus. */
final class Layout {

  private Layout() {}

  /** Returns the recordings below a corpus's folder, in the order of their paths. */
  static List<Path> recordings(Path root, String corpus) throws IOException, CorpusLayoutException {
    if (!Files.isDirectory(root)) {
      throw new CorpusLayoutException(root, corpus, "a folder", "none");
    }
    return AudioFiles.below(root);
  }

  /** Returns a file's path from the corpus's folder, with {@code /} on every platform. */
  static String id(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
