package dev.serenade.corpus.protocol;

import dev.serenade.corpus.Fold;
import dev.serenade.corpus.SpeakerSplit;
import dev.serenade.corpus.Utterance;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What every fold must fulfil before anything is trained on it. */
final class FoldChecks {

  private static final int SPEAKERS_NAMED = 5;

  private FoldChecks() {}

  static void requireClips(Protocol protocol, Fold fold) throws ProtocolException {
    if (fold.train().isEmpty() || fold.test().isEmpty()) {
      throw new ProtocolException(
          "%s, fold %s: clips to train on and to test expected, found %d and %d"
              .formatted(protocol.name(), fold.name(), fold.train().size(), fold.test().size()));
    }
  }

  static void requireDisjointSpeakers(Protocol protocol, Fold fold) throws ProtocolException {
    requireNone(protocol, fold, fold.sharedSpeakers(), "test");
    Set<String> validation = speakers(fold.validation());
    validation.retainAll(speakers(fold.train()));
    requireNone(protocol, fold, validation, "validation");
  }

  /** Moves some of the training speakers to validation. */
  static Fold withValidation(Protocol protocol, Fold fold, double fraction, long seed)
      throws ProtocolException {
    Set<String> speakers = speakers(fold.train());
    if (speakers.size() < 2) {
      throw new ProtocolException(
          "%s, fold %s: two training speakers or more are needed to hold one out for validation, found %s"
              .formatted(protocol.name(), fold.name(), speakers));
    }
    return fold.withValidationSpeakers(
        SpeakerSplit.validationSpeakers(fold.train(), fraction, seed));
  }

  private static void requireNone(
      Protocol protocol, Fold fold, Set<String> shared, String otherPart) throws ProtocolException {
    if (!shared.isEmpty()) {
      String names = shared.stream().limit(SPEAKERS_NAMED).collect(Collectors.joining(", "));
      throw new ProtocolException(
          "%s, fold %s: no speaker may be in training and in %s, found %d who are: %s%s"
              .formatted(
                  protocol.name(),
                  fold.name(),
                  otherPart,
                  shared.size(),
                  names,
                  shared.size() > SPEAKERS_NAMED ? ", ..." : ""));
    }
  }

  private static Set<String> speakers(List<Utterance> clips) {
    return clips.stream().map(Utterance::speaker).collect(Collectors.toCollection(TreeSet::new));
  }
}
