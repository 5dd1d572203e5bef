package dev.serenade.cli.predict;

import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.TimelineSegment;
import java.util.List;

/**
 * What was heard in a recording.
 *
 * @param timeline empty if none was asked for
 * @param set the emotions that may be right; empty if they were not asked for
 */
record Heard(String file, Recognition recognition, List<TimelineSegment> timeline, List<String> set)
    implements Outcome {

  Heard {
    timeline = List.copyOf(timeline);
    set = List.copyOf(set);
  }
}
