package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Split;
import dev.serenade.corpus.Utterance;
import java.util.List;
import java.util.Optional;

/**
 * The one division that the corpus itself gives, in its column {@code split}.
 *
 * @param speakersShared whether the user accepts that speakers are on both sides, as in MELD and
 *     ESD
 */
public record GivenSplit(boolean speakersShared) implements Protocol {

  @Override
  public String name() {
    return speakersShared ? "given:speakers-shared" : "given";
  }

  @Override
  public String statement() {
    return speakersShared
        ? "The corpus's own split, in which speakers of the test part may also be in training."
        : "The corpus's own split; nobody is in two parts of it.";
  }

  @Override
  public List<Fold> divide(Corpus corpus) throws ProtocolException {
    for (Utterance clip : corpus.utterances()) {
      if (clip.split().isEmpty()) {
        throw new ProtocolException(
            "%s: a split for every clip expected, found none for %s".formatted(name(), clip.id()));
      }
    }
    return List.of(
        new Fold(
            "given",
            part(corpus, Split.TRAIN),
            part(corpus, Split.VALIDATION),
            part(corpus, Split.TEST)));
  }

  private static List<Utterance> part(Corpus corpus, Split split) {
    return corpus.filtered(clip -> clip.split().equals(Optional.of(split))).utterances();
  }
}
