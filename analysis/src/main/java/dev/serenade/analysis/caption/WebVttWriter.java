package dev.serenade.analysis.caption;

import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;
import java.io.Writer;

/** Writes WebVTT captions (https://www.w3.org/TR/webvtt1/). */
final class WebVttWriter implements CaptionWriter {

  private final Writer out;
  private final CaptionSource source;

  WebVttWriter(Writer out, CaptionSource source) throws IOException {
    this.out = out;
    this.source = source;
    out.write("WEBVTT\n\n");
  }

  @Override
  public void write(TimelineSegment segment) throws IOException {
    out.write(
        "%s --> %s\n%s\n\n"
            .formatted(
                CaptionText.clock(segment.startSeconds(), '.'),
                CaptionText.clock(segment.endSeconds(), '.'),
                CaptionText.markup(source.prefix() + CaptionText.of(segment))));
  }

  @Override
  public void end(double durationSeconds) {}
}
