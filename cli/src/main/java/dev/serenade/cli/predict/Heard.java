package dev.serenade.cli.predict;

import dev.serenade.audio.Gap;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was heard in a track.
 *
 * @param timeline empty if none was asked for, or if it was told before
 * @param explanation empty if none was asked for
 * @param set the emotions that may be right; empty if they were not asked for
 * @param gaps what could not be decoded
 * @param trace what a picture needs; empty if none was asked for
 */
record Heard(
    Track track,
    Recognition recognition,
    List<TimelineSegment> timeline,
    Optional<Explanation> explanation,
    List<String> set,
    List<Gap> gaps,
    Optional<TimelineTrace> trace)
    implements Outcome {

  /** The name of gaps where there is room for one error only. */
  static final String INCOMPLETE = "incomplete";

  Heard {
    timeline = List.copyOf(timeline);
    set = List.copyOf(set);
    gaps = List.copyOf(gaps);
  }

  /** Returns one line for users that says what could not be decoded; empty if all could. */
  Optional<String> complaint() {
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
