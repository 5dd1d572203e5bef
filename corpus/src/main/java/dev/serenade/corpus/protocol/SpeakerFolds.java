package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import java.util.List;

/**
 * K folds of speakers, each with about the same number of clips, of each class and of each sex. See
 * {@link SpeakerAssignment} for how.
 *
 * <p>Chance plays no part, so that runs with different seeds are tested on the same folds.
 *
 * @param count K, 2 or more
 */
public record SpeakerFolds(int count) implements Protocol {

  public SpeakerFolds {
    if (count < 2) {
      throw new IllegalArgumentException("2 folds or more expected, found " + count);
    }
  }

  @Override
  public String name() {
    return "speaker-folds:" + count;
  }

  @Override
  public String statement() {
    return "%d folds of speakers, balanced in clips, classes and sexes: nobody is in two of them."
        .formatted(count);
  }

  @Override
  public List<Fold> divide(Corpus corpus) throws ProtocolException {
    int speakers = corpus.speakers().size();
    if (speakers < count) {
      throw new ProtocolException(
          "%s: %d speakers or more expected, found %d".formatted(name(), count, speakers));
    }
    SpeakerAssignment assignment = SpeakerAssignment.balanced(corpus.utterances(), count);
    return Divisions.leaveOneOut(corpus, "speakers", clip -> assignment.foldOf(clip.speaker()));
  }
}
