package dev.serenade.corpus.reader;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one published corpus from the folders it comes in. Stateless.
 *
 * <p>Recordings may have any extension that FFmpeg is likely to decode, so a copy converted to FLAC
 * or MP3 reads like the original.
 */
public interface CorpusReader {

  /** Returns the name on the command line, such as {@code emodb}. */
  String name();

  /** Returns one line for a list of corpora: full name, language, paper. */
  String description();

  /** Returns what is known of the corpus, or nothing if it is not a published one. */
  Optional<CorpusCard> card();

  /** Returns the codes that this corpus has for classes, where they are not plain words. */
  Map<String, Emotion> codes();

  /**
   * Returns what the path of a clip says of it, or nothing if it is not a clip of this corpus or
   * its path does not tell the speaker.
   *
   * @param path with {@code /} between folders, and an extension
   */
  Optional<ClipName> parse(String path);

  /**
   * Reads all clips below a folder.
   *
   * @throws CorpusLayoutException if the folder does not hold this corpus
   * @throws IOException if it cannot be read
   */
  Corpus read(Path root, EmotionLabels labels) throws IOException, CorpusLayoutException;

  /** Reads all clips below a folder with the standard table of labels. */
  default Corpus read(Path root) throws IOException, CorpusLayoutException {
    return read(root, EmotionLabels.standard());
  }
}
