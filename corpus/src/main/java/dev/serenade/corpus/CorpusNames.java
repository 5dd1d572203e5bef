package dev.serenade.corpus;

import dev.serenade.corpus.internal.AudioFiles;
import java.nio.file.Path;

/** Names for corpora that nobody named. */
final class CorpusNames {

  private CorpusNames() {}

  /** Returns the file's name without extension, or its folder's if it is {@code manifest.*}. */
  static String ofManifest(Path file) {
    String stem = AudioFiles.stem(file);
    return stem.equals("manifest") ? ofFolder(AudioFiles.folderOf(file)) : stem;
  }

  static String ofFolder(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "corpus" : name.toString();
  }
}
