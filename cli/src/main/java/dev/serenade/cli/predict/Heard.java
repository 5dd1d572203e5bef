package dev.serenade.cli.predict;

import dev.serenade.analysis.Analysis;
import dev.serenade.audio.Gap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was heard in a track.
 *
 * @param trace what a picture needs; empty if none was asked for
 * @param said empty if nobody wants to know
 */
record Heard(Track track, Analysis analysis, Optional<TimelineTrace> trace, Optional<Said> said)
    implements Outcome {

  /** The name of gaps where there is room for one error only. */
  static final String INCOMPLETE = "incomplete";

  /** Returns one line for users that says what could not be decoded; empty if all could. */
  Optional<String> complaint() {
    List<Gap> gaps = analysis.gaps();
    if (gaps.isEmpty()) {
      return Optional.empty();
    }
    String first = describe(gaps.get(0));
    return Optional.of(
        "%s: %s; all else is scored"
            .formatted(
                track.name(),
                gaps.size() == 1
                    ? "cannot decode " + first
                    : "cannot decode %d parts, the first %s".formatted(gaps.size(), first)));
  }

  /** Says where a gap is, and why. */
  static String describe(Gap gap) {
    String range =
        gap.endSeconds() > gap.startSeconds()
            ? String.format(Locale.ROOT, "%.2f s to %.2f s", gap.startSeconds(), gap.endSeconds())
            : String.format(Locale.ROOT, "what comes after %.2f s", gap.startSeconds());
    return "%s (%s)".formatted(range, gap.detail());
  }
}
