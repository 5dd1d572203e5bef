package dev.serenade.corpus.protocol;

import dev.serenade.corpus.ManifestFormatException;
import java.io.IOException;
import java.nio.file.Path;

/** Protocols by the names that users give them; see {@link Protocol#parse}. */
final class ProtocolNames {

  private static final String EMOBOX = "emobox:";
  private static final String SPEAKER_FOLDS = "speaker-folds:";
  private static final String AS_RELEASED = AsReleased.NAME + ":";

  private ProtocolNames() {}

  static Protocol parse(String name) throws IOException, ManifestFormatException {
    if (name.startsWith(EMOBOX)) {
      return EmoBoxFolds.read(Path.of(name.substring(EMOBOX.length())));
    }
    if (name.startsWith(SPEAKER_FOLDS)) {
      return speakerFolds(name.substring(SPEAKER_FOLDS.length()));
    }
    if (name.startsWith(AS_RELEASED)) {
      return new AsReleased(parse(name.substring(AS_RELEASED.length())));
    }
    return switch (name) {
      case "leave-one-speaker-out" -> new LeaveOneSpeakerOut();
      case "session-folds" -> new SessionFolds();
      case "paper" -> new PaperFolds();
      case AsReleased.NAME -> new AsReleased();
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
