package dev.serenade.analysis.caption;

import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;

/** Writes the timeline of one recording, or of one channel of it. */
public interface CaptionWriter {

  /** Writes the next segment; it begins where the last one ended, or later. */
  void write(TimelineSegment segment) throws IOException;

  /**
   * Writes what belongs after the last segment; called once.
   *
   * @param durationSeconds how long the recording is; at least the end of the last segment
   */
  void end(double durationSeconds) throws IOException;
}
