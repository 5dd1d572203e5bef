package dev.serenade.corpus;

import dev.serenade.corpus.internal.AudioFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that lists the clips of a corpus.
 *
 * <p>CSV (RFC 4180, UTF-8, a byte order mark is ignored) with a header. Columns:
 *
 * <pre>
 * path,speaker,emotion                required; path relative to the manifest, or absolute
 * session,split,sex,language,text     optional
 * start,end                           optional, seconds, when a clip is a part of a recording
 * channel                             optional, from 1
 * </pre>
 *
 * <p>Names of columns may be in any order and case; further columns are kept as they are. A row
 * that cannot be used, or whose file is missing, is left out and listed in {@link Corpus#skipped};
 * only a file that makes no sense as a whole is refused.
 */
public final class Manifest {

  private Manifest() {}

  /** Reads a CSV manifest with the standard table of labels. */
  public static Corpus read(Path manifest) throws IOException, ManifestFormatException {
    return read(manifest, EmotionLabels.standard());
  }

  /**
   * Reads a CSV manifest. The corpus is named for the file, or for its folder if the file is
   * plainly {@code manifest.csv}.
   *
   * @throws ManifestFormatException if the header or the file's syntax is wrong
   * @throws IOException if the file cannot be read
   */
  public static Corpus read(Path manifest, EmotionLabels labels)
      throws IOException, ManifestFormatException {
    return new CsvManifestReader(manifest, labels).read(Files.readAllBytes(manifest));
  }

  /**
   * Writes the clips of a corpus as a CSV manifest. Paths are relative to the manifest where the
   * clips lie below its folder, absolute elsewhere; optional columns are written if a clip uses
   * them.
   */
  public static void write(Corpus corpus, Path manifest) throws IOException {
    try (Writer writer = Files.newBufferedWriter(manifest, StandardCharsets.UTF_8)) {
      CsvManifestWriter.write(corpus, AudioFiles.folderOf(manifest), writer);
    }
  }
}
