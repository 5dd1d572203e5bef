package dev.serenade.corpus.reader;

import java.util.List;

/**
 * What is known of a published corpus, for the ledger of corpora and for model cards. Numbers are
 * those that its authors print.
 *
 * @param title its full name
 * @param citation of its paper
 * @param languages tags such as {@code de}
 * @param speakers how many, in words where it is not known exactly
 * @param clips how many are read, in words where it is not known exactly
 * @param labels the emotions as the corpus spells them on disk
 * @param speech how it came about
 * @param licence what one may do with it
 * @param source where its authors offer it
 * @param layout what the reader expects below the root
 * @param leftOut what the reader leaves out, besides damaged and repeated files
 * @param emoBoxFolds how many folds EmoBox publishes for it, among the lists that we have checked
 */
public record CorpusCard(
    String title,
    String citation,
    List<String> languages,
    String speakers,
    String clips,
    List<String> labels,
    Speech speech,
    Licence licence,
    String source,
    String layout,
    String leftOut,
    int emoBoxFolds) {

  /** How the speech of a corpus came about. */
  public enum Speech {
    /** Actors say given words with a given emotion. */
    ACTED("acted"),
    /** Actors play scenes, some without a script. */
    PLAYED("played scenes, partly improvised"),
    /** From plays and series that were made for an audience. */
    FICTION("plays and series"),
    /** From broadcasts in which people speak for themselves. */
    BROADCAST("talk shows");

    private final String words;

    Speech(String words) {
      this.words = words;
    }

    /** Returns it in words. */
    public String words() {
      return words;
    }

    /** Returns whether the emotion is one that somebody was asked to play. */
    public boolean isPerformed() {
      return this != BROADCAST;
    }
  }

  /** Copies the lists. */
  public CorpusCard {
    languages = List.copyOf(languages);
    labels = List.copyOf(labels);
  }
}
