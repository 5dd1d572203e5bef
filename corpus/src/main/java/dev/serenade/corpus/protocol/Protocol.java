package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.ManifestFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that divides a corpus into folds.
 *
 * <p>Each fold's test part is scored once. A speaker-disjoint validation part is carved out of
 * training to choose epoch, layer and settings, unless the protocol {@linkplain #choosesOnTest
 * chooses on test}, which only {@code as-released} does, or the corpus brings one.
 */
public sealed interface Protocol
    permits AsReleased,
        EmoBoxFolds,
        GivenSplit,
        LeaveOneSpeakerOut,
        PaperFolds,
        SessionFolds,
        SpeakerFolds {

  /** What a user may write, for help texts. */
  String SYNTAX =
      "emobox:FOLDER, leave-one-speaker-out, speaker-folds:K, session-folds, paper, given,"
          + " given:speakers-shared, as-released or as-released:RULE";

  /**
   * Returns the protocol of this name.
   *
   * @throws IllegalArgumentException if there is none of this name
   * @throws ManifestFormatException if it is EmoBox's and its lists make no sense
   * @throws IOException if they cannot be read
   */
  static Protocol parse(String name) throws IOException, ManifestFormatException {
    return ProtocolNames.parse(name);
  }

  /** Returns the name on the command line, as {@link #parse} takes it. */
  String name();

  /** Returns one sentence for a report: what is divided, and what to know before comparing. */
  String statement();

  /**
   * Divides a corpus, without carving and without checks.
   *
   * @throws ProtocolException if the corpus lacks what the rule goes by
   */
  List<Fold> divide(Corpus corpus) throws ProtocolException;

  /** Returns whether, by definition, speakers of the test part are also in training. */
  default boolean speakersShared() {
    return false;
  }

  /** Returns whether the epoch is chosen on the test part; its numbers are then too good. */
  default boolean choosesOnTest() {
    return false;
  }

  /**
   * Returns the folds of a corpus, each with a validation part.
   *
   * @param validationFraction of the training clips to hold out for validation, in (0, 1)
   * @param seed decides which speakers are held out for validation, not who is tested
   * @throws ProtocolException if the corpus cannot be divided by this rule, or a speaker would be
   *     on both sides
   */
  default List<Fold> folds(Corpus corpus, double validationFraction, long seed)
      throws ProtocolException {
    List<Fold> folds = new ArrayList<>();
    for (Fold fold : divide(corpus)) {
      FoldChecks.requireClips(this, fold);
      if (!speakersShared()) {
        FoldChecks.requireDisjointSpeakers(this, fold);
      }
      boolean carve = fold.validation().isEmpty() && !choosesOnTest();
      folds.add(carve ? FoldChecks.withValidation(this, fold, validationFraction, seed) : fold);
    }
    if (folds.isEmpty()) {
      throw new ProtocolException(name() + ": clips to divide expected, found none");
    }
    return List.copyOf(folds);
  }
}
