package dev.serenade.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes small trees in the layout of a corpus, with empty recordings. */
public record CorpusTree(Path root) {

  /** Adds empty files. */
  public CorpusTree with(String... files) throws IOException {
    for (String file : files) {
      write(file, "");
    }
    return this;
  }

  /** Adds a file with this content. */
  public CorpusTree write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    return this;
  }
}
