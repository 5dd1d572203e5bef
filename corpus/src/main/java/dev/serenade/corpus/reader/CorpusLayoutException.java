package dev.serenade.corpus.reader;

import java.nio.file.Path;

/** A folder that does not hold the corpus it is said to; the message says what was expected. */
public final class CorpusLayoutException extends Exception {

  private static final long serialVersionUID = 1L;

  CorpusLayoutException(Path root, String corpus, String expected, String found) {
    super(
        "%s: not the layout of %s: %s expected, found %s".formatted(root, corpus, expected, found));
  }
}
