package dev.serenade.cli.predict;

import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.TimelineSegment;
import java.util.List;

/**
 * What was heard in a recording.
 *
 * @param timeline empty if none was asked for
 */
record Heard(String file, Recognition recognition, List<TimelineSegment> timeline)
    implements Outcome {

  Heard {
    timeline = List.copyOf(timeline);
  }
}
