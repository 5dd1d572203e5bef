package dev.serenade.analysis;

import dev.serenade.audio.Gap;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.util.List;
import java.util.Optional;

/**
 * What was heard in a recording.
 *
 * @param recognition of the whole of it
 * @param timeline empty if none was asked for, or if it was told before
 * @param explanation empty if none was asked for
 * @param set the emotions that may be right; empty if they were not asked for
 * @param gaps what could not be decoded
 */
public record Analysis(
    Recognition recognition,
    List<TimelineSegment> timeline,
    Optional<Explanation> explanation,
    List<String> set,
    List<Gap> gaps) {

  /** Copies the lists. */
  public Analysis {
    timeline = List.copyOf(timeline);
    set = List.copyOf(set);
    gaps = List.copyOf(gaps);
  }

  /** Returns the same with this timeline. */
  public Analysis withTimeline(List<TimelineSegment> segments) {
    return new Analysis(recognition, segments, explanation, set, gaps);
  }
}
