package dev.serenade.corpus.protocol;

import dev.serenade.corpus.ManifestFormatException;
import java.io.IOException;
import java.nio.file.Path;

/** Protocols by the names that users give them; see {@link Protocol#parse}. */
final class ProtocolNames {

  private static final String EMOBOX = "emobox:";
  private static final String SPEAKER_FOLDS = "speaker-folds:";

  private ProtocolNames() {}

  static Protocol parse(String name) throws IOException, ManifestFormatException {
    if (name.startsWith(EMOBOX)) {
      return EmoBoxFolds.read(Path.of(name.substring(EMOBOX.length())));
    }
    if (name.startsWith(SPEAKER_FOLDS)) {
      return speakerFolds(name.substring(SPEAKER_FOLDS.length()));
    }
    return switch (name) {
      case "leave-one-speaker-out" -> new LeaveOneSpeakerOut();
      case "session-folds" -> new SessionFolds();
      case "paper" -> new PaperFolds();
      case "as-released" -> new AsReleased();
      case "given" -> new GivenSplit(false);
      case "given:speakers-shared" -> new GivenSplit(true);
      default ->
          throw new IllegalArgumentException(
              "a protocol expected, one of %s; found %s".formatted(Protocol.SYNTAX, name));
    };
  }

  private static Protocol speakerFolds(String count) {
    try {
      return new SpeakerFolds(Integer.parseInt(count));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "speaker-folds:K expected, with K a number, found speaker-folds:" + count, e);
    }
  }
}
