package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import java.util.List;

/** One fold per speaker: that speaker is tested, the others train. */
public record LeaveOneSpeakerOut() implements Protocol {

  @Override
  public String name() {
    return "leave-one-speaker-out";
  }

  @Override
  public String statement() {
    return "Leave one speaker out: each speaker is tested by a model that never heard that voice.";
  }

  @Override
  public List<Fold> divide(Corpus corpus) {
    return Divisions.leaveOneOut(corpus, "speaker", Utterance::speaker);
  }
}
