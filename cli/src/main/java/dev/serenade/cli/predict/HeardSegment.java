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
    return of(heard.analysis().timeline(), heard.said().map(Said::segments));
  }

  /** Returns segments with what is said in each, if somebody wants to know. */
  static List<HeardSegment> of(
      List<TimelineSegment> emotions, Optional<List<Transcript>> transcripts) {
    List<HeardSegment> segments = new ArrayList<>();
    for (int i = 0; i < emotions.size(); i++) {
      int index = i;
      segments.add(new HeardSegment(emotions.get(i), transcripts.map(said -> said.get(index))));
    }
    return segments;
  }
}
