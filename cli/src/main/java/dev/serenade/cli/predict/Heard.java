package dev.serenade.cli.predict;

import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.TimelineSegment;
import dev.serenade.recognition.explanation.Explanation;
import java.util.List;
import java.util.Optional;

/**
 * What was heard in a recording.
 *
 * @param timeline empty if none was asked for
 * @param explanation empty if none was asked for
 * @param set the emotions that may be right; empty if they were not asked for
 */
record Heard(
    String file,
    Recognition recognition,
    List<TimelineSegment> timeline,
    Optional<Explanation> explanation,
    List<String> set)
    implements Outcome {

  Heard {
    timeline = List.copyOf(timeline);
    set = List.copyOf(set);
  }
}
