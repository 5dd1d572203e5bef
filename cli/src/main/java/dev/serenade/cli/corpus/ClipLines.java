package dev.serenade.cli.corpus;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.SkippedClip;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says on stderr which clips there are, and which could not be used. */
public final class ClipLines {

  private static final int MOST_LISTED = 10;

  private ClipLines() {}

  /** Says what is in a corpus, and what was left out of it other than by the user's wish. */
  public static void describe(Corpus corpus, Terminal terminal) throws CannotRunException {
    terminal.errorLine(
        "%s: %d clips, %d speakers, %s"
            .formatted(
                corpus.name(),
                corpus.utterances().size(),
                corpus.speakers().size(),
                corpus.emotionCounts().entrySet().stream()
                    .map(count -> count.getKey() + " " + count.getValue())
                    .collect(Collectors.joining(", "))));
    list(
        "left out",
        corpus.skipped().stream()
            .filter(clip -> clip.cause() != SkippedClip.Cause.EXCLUDED)
            .map(SkippedClip::toString)
            .toList(),
        terminal);
    if (corpus.utterances().isEmpty()) {
      throw new CannotRunException(corpus.name() + ": there are no clips to use");
    }
  }

  /** Returns the names of emotions, for people. */
  public static String names(Set<Emotion> emotions) {
    return emotions.stream().map(Emotion::name).collect(Collectors.joining(", "));
  }

  /** Lists the first of these lines, and how many more there are. */
  public static void list(String what, List<String> lines, Terminal terminal) {
    lines.stream().limit(MOST_LISTED).forEach(line -> terminal.error(what + ": " + line));
    if (lines.size() > MOST_LISTED) {
      terminal.error("%s: and %d more".formatted(what, lines.size() - MOST_LISTED));
    }
  }
}
