package dev.serenade.analysis.caption;

import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a TextGrid for Praat (https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html):
 * a tier of emotions and one of their probabilities. Intervals of a tier cover all of the
 * recording, those between segments without text.
 *
 * <p>Everything is written at the end, since the head says how long the recording is.
 */
final class TextGridWriter implements CaptionWriter {

  private final Writer out;
  private final CaptionSource source;
  private final List<TimelineSegment> segments = new ArrayList<>();

  TextGridWriter(Writer out, CaptionSource source) {
    this.out = out;
    this.source = source;
  }

  @Override
  public void write(TimelineSegment segment) {
    segments.add(segment);
  }

  @Override
  public void end(double durationSeconds) throws IOException {
    line(0, "File type = \"ooTextFile\"");
    line(0, "Object class = \"TextGrid\"");
    line(0, "");
    line(0, "xmin = 0");
    line(0, "xmax = " + number(durationSeconds));
    line(0, "tiers? <exists>");
    line(0, "size = 2");
    line(0, "item []:");
    tier(1, source.tier("emotion"), CaptionText::emotion, durationSeconds);
    tier(2, source.tier("confidence"), CaptionText::confidence, durationSeconds);
  }

  private void tier(
      int number, String name, Function<TimelineSegment, String> text, double durationSeconds)
      throws IOException {
    List<Interval> intervals = intervals(text, durationSeconds);
    line(1, "item [%d]:".formatted(number));
    line(2, "class = \"IntervalTier\"");
    line(2, "name = " + quoted(name));
    line(2, "xmin = 0");
    line(2, "xmax = " + number(durationSeconds));
    line(2, "intervals: size = " + intervals.size());
    for (int i = 0; i < intervals.size(); i++) {
      line(2, "intervals [%d]:".formatted(i + 1));
      line(3, "xmin = " + number(intervals.get(i).start()));
      line(3, "xmax = " + number(intervals.get(i).end()));
      line(3, "text = " + quoted(intervals.get(i).text()));
    }
  }

  private List<Interval> intervals(Function<TimelineSegment, String> text, double durationSeconds) {
    List<Interval> intervals = new ArrayList<>();
    double end = 0;
    for (TimelineSegment segment : segments) {
      if (segment.startSeconds() > end) {
        intervals.add(new Interval(end, segment.startSeconds(), ""));
      }
      intervals.add(
          new Interval(segment.startSeconds(), segment.endSeconds(), text.apply(segment)));
      end = segment.endSeconds();
    }
    if (durationSeconds > end) {
      intervals.add(new Interval(end, durationSeconds, ""));
    }
    return intervals;
  }

  private void line(int depth, String text) throws IOException {
    out.write("    ".repeat(depth) + text + "\n");
  }

  /**
   * Times are multiples of 1/16000 s, which have short decimals, but must not be in powers of ten.
   */
  private static String number(double seconds) {
    return BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private record Interval(double start, double end, String text) {}
}
