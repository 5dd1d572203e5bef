package dev.serenade.cli.predict;

import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.transcription.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A segment of a timeline, and what is said in it.
 *
 * @param transcript empty if nobody wants to know
 */
record HeardSegment(TimelineSegment emotion, Optional<Transcript> transcript) {

  /** Returns the segments of a track. */
  static List<HeardSegment> of(Heard heard) {
    List<TimelineSegment> emotions = heard.analysis().timeline();
    List<HeardSegment> segments = new ArrayList<>();
    for (int i = 0; i < emotions.size(); i++) {
      int index = i;
      segments.add(
          new HeardSegment(emotions.get(i), heard.said().map(said -> said.segments().get(index))));
    }
    return segments;
  }
}
