package dev.serenade.cli.predict;

import dev.serenade.analysis.caption.CaptionFormat;
import dev.serenade.analysis.caption.CaptionSource;
import dev.serenade.analysis.caption.CaptionWriter;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes captions, a file for each track. A track that could not be heard has none; one that was
 * stopped ends with its last segment.
 */
final class CaptionsWriter implements OutcomeWriter {

  /** Opens the file of a track. */
  @FunctionalInterface
  interface Target {
    Writer open(Track track) throws IOException;
  }

  private final CaptionFormat format;
  private final Target target;
  private Optional<Open> open = Optional.empty();

  CaptionsWriter(CaptionFormat format, Target target) {
    this.format = format;
    this.target = target;
  }

  @Override
  public void write(Outcome outcome) throws IOException {
    if (outcome instanceof Heard heard) {
      begin(heard.track(), OptionalDouble.empty());
      for (HeardSegment segment : HeardSegment.of(heard)) {
        segment(segment);
      }
      finish(heard);
    }
  }

  @Override
  public void begin(Track track, OptionalDouble statedSeconds) throws IOException {
    Writer out = target.open(track);
    open =
        Optional.of(
            new Open(out, format.on(out, new CaptionSource(track.file(), track.channel()))));
  }

  @Override
  public void segment(HeardSegment segment) throws IOException {
    open.orElseThrow().write(segment.emotion());
  }

  @Override
  public void finish(Outcome outcome) throws IOException {
    Open finished = open.orElseThrow();
    open = Optional.empty();
    finished.end(
        outcome instanceof Heard heard ? heard.analysis().recognition().durationSeconds() : 0);
  }

  @Override
  public void end() throws IOException {
    if (open.isPresent()) {
      open.get().end(0);
    }
  }

  /** A file that is being written. */
  private static final class Open {

    private final Writer out;
    private final CaptionWriter captions;
    private double endSeconds;

    Open(Writer out, CaptionWriter captions) {
      this.out = out;
      this.captions = captions;
    }

    void write(TimelineSegment segment) throws IOException {
      captions.write(segment);
      out.flush();
      endSeconds = segment.endSeconds();
    }

    void end(double durationSeconds) throws IOException {
      try (out) {
        captions.end(Math.max(durationSeconds, endSeconds));
      }
    }
  }
}
