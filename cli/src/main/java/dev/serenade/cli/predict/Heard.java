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
 */
record Heard(
    String file,
    Recognition recognition,
    List<TimelineSegment> timeline,
    Optional<Explanation> explanation)
    implements Outcome {

  Heard {
    timeline = List.copyOf(timeline);
  }
}
