package dev.serenade.audit;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.GivenSplit;
import dev.serenade.corpus.protocol.LeaveOneSpeakerOut;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.corpus.protocol.ProtocolException;
import dev.serenade.corpus.protocol.SpeakerFolds;
import java.util.List;

/**
 * A corpus divided by a rule, unchecked.
 *
 * @param protocol the rule
 * @param folds those with clips to learn from and clips to test; none for a single speaker who is
 *     to be kept apart
 */
record Split(Protocol protocol, List<Fold> folds) {

  private static final int MOST_SPEAKERS_LEFT_OUT = 20;
  private static final int SPEAKER_FOLDS = 10;

  Split {
    folds = List.copyOf(folds);
  }

  static Split of(Corpus corpus, Protocol protocol) throws ProtocolException {
    return new Split(
        protocol,
        protocol.divide(corpus).stream()
            .filter(fold -> !fold.test().isEmpty())
            .filter(fold -> !fold.train().isEmpty() || !fold.validation().isEmpty())
            .toList());
  }

  /**
   * Returns the rule for a corpus whose user names none: the corpus's own split if it gives every
   * clip one; else each speaker in turn; of more than {@value #MOST_SPEAKERS_LEFT_OUT}, {@value
   * #SPEAKER_FOLDS} folds of speakers.
   */
  static Protocol usual(Corpus corpus) {
    List<Utterance> clips = corpus.utterances();
    if (!clips.isEmpty() && clips.stream().allMatch(clip -> clip.split().isPresent())) {
      return new GivenSplit(false);
    }
    return corpus.speakers().size() <= MOST_SPEAKERS_LEFT_OUT
        ? new LeaveOneSpeakerOut()
        : new SpeakerFolds(SPEAKER_FOLDS);
  }
}
