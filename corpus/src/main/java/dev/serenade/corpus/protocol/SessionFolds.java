package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import java.util.List;

/** One fold per recording session: that session is tested, the others train. */
public record SessionFolds() implements Protocol {

  @Override
  public String name() {
    return "session-folds";
  }

  @Override
  public String statement() {
    return "Leave one session out: each session is tested by a model trained on the others.";
  }

  @Override
  public List<Fold> divide(Corpus corpus) throws ProtocolException {
    List<Utterance> without =
        corpus.utterances().stream().filter(clip -> clip.session().isEmpty()).toList();
    if (!without.isEmpty()) {
      throw new ProtocolException(
          "%s: a session for every clip expected, found none for %d of %d, such as %s"
              .formatted(name(), without.size(), corpus.utterances().size(), without.get(0).id()));
    }
    return Divisions.leaveOneOut(corpus, "session", clip -> clip.session().orElseThrow());
  }
}
