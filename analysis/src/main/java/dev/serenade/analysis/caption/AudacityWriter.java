package dev.serenade.analysis.caption;

import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes a label track for Audacity: start, end and text of each label, with tabs between them. */
final class AudacityWriter implements CaptionWriter {

  private final Writer out;
  private final CaptionSource source;

  AudacityWriter(Writer out, CaptionSource source) {
    this.out = out;
    this.source = source;
  }

  @Override
  public void write(TimelineSegment segment) throws IOException {
    out.write(
        String.format(
            Locale.ROOT,
            "%.6f\t%.6f\t%s%s\n",
            segment.startSeconds(),
            segment.endSeconds(),
            source.prefix(),
            CaptionText.of(segment)));
  }

  @Override
  public void end(double durationSeconds) {}
}
