package dev.serenade.analysis.caption;

import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;
import java.io.Writer;

/** Writes SubRip captions: a number, a range of times with commas, the text, an empty line. */
final class SubRipWriter implements CaptionWriter {

  private final Writer out;
  private final CaptionSource source;
  private int count;

  SubRipWriter(Writer out, CaptionSource source) {
    this.out = out;
    this.source = source;
  }

  @Override
  public void write(TimelineSegment segment) throws IOException {
    count++;
    out.write(
        "%d\n%s --> %s\n%s%s\n\n"
            .formatted(
                count,
                CaptionText.clock(segment.startSeconds(), ','),
                CaptionText.clock(segment.endSeconds(), ','),
                source.prefix(),
                CaptionText.of(segment)));
  }

  @Override
  public void end(double durationSeconds) {}
}
