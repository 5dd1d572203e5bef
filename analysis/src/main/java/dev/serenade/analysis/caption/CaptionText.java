package dev.serenade.analysis.caption;

import dev.serenade.recognition.timeline.TimelineSegment;
import java.util.Locale;

/** What is said of a segment. */
final class CaptionText {

  /** What stands for the emotion of a segment of which the model is not sure enough. */
  private static final String UNSURE = "unsure";

  private CaptionText() {}

  /** Returns the emotion and its probability: {@code angry 83 %}. */
  static String of(TimelineSegment segment) {
    return "%s %d %%".formatted(emotion(segment), Math.round(100 * segment.confidence()));
  }

  /** Returns the emotion alone, on one line. */
  static String emotion(TimelineSegment segment) {
    return segment.abstained() ? UNSURE : segment.emotion().replaceAll("\\p{Cntrl}+", " ");
  }

  /** Returns the probability alone: {@code 0.83}. */
  static String confidence(TimelineSegment segment) {
    return String.format(Locale.ROOT, "%.2f", segment.confidence());
  }

  /** Returns a time in whole milliseconds. */
  static long milliseconds(double seconds) {
    return Math.round(1000 * seconds);
  }

  /** Returns a time as hours, minutes, seconds and milliseconds; there may be 100 hours or more. */
  static String clock(double seconds, char decimalPoint) {
    long milliseconds = milliseconds(seconds);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d%c%03d",
        milliseconds / 3_600_000,
        milliseconds / 60_000 % 60,
        milliseconds / 1000 % 60,
        decimalPoint,
        milliseconds % 1000);
  }

  /** Returns text with the characters replaced that mean something in XML and WebVTT. */
  static String markup(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
