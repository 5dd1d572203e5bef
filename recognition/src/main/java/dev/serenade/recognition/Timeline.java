package dev.serenade.recognition;

import dev.serenade.audio.Waveform;
import java.util.ArrayList;
import java.util.List;

/**
 * How emotion goes on over a recording: windows of equal length, each scored as if it were alone.
 *
 * <p>Window k reaches from k hop to k hop + window, or to the end of the recording if that comes
 * first. The last window is the first that reaches the end.
 *
 * @param windowSeconds how long a window is; at least {@link #SHORTEST_SECONDS}
 * @param hopSeconds from the start of one window to that of the next; at least {@link
 *     #SHORTEST_SECONDS} and at most the window, so that nothing is left out
 */
public record Timeline(double windowSeconds, double hopSeconds) {

  /** Less than this tells nothing. */
  public static final double SHORTEST_SECONDS = 0.1;

  /** Windows of 4 s, every 2 s. */
  public static final Timeline DEFAULT = new Timeline(4, 2);

  /** Windows that are scored at once: two minutes of them at 4 s, to bound memory. */
  private static final int WINDOWS_AT_ONCE = 32;

  /** Checks the ranges. */
  public Timeline {
    if (!(windowSeconds >= SHORTEST_SECONDS && windowSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "expected a window of at least %s s, found %s s"
              .formatted(SHORTEST_SECONDS, windowSeconds));
    }
    if (!(hopSeconds >= SHORTEST_SECONDS && hopSeconds <= windowSeconds)) {
      throw new IllegalArgumentException(
          "expected a hop from %s s to the window of %s s, found %s s"
              .formatted(SHORTEST_SECONDS, windowSeconds, hopSeconds));
    }
  }

  /**
   * Scores each window of a recording.
   *
   * @return at least one segment, in the order of time
   * @throws IllegalArgumentException if the recording is empty
   */
  public List<TimelineSegment> of(EmotionRecognizer recognizer, Waveform recording) {
    if (recording.length() == 0) {
      throw new IllegalArgumentException("expected a recording of more than 0 s");
    }
    List<TimelineSegment> segments = new ArrayList<>();
    List<Range> ranges = ranges(recording.length());
    for (int from = 0; from < ranges.size(); from += WINDOWS_AT_ONCE) {
      List<Range> some = ranges.subList(from, Math.min(ranges.size(), from + WINDOWS_AT_ONCE));
      List<Recognition> heard =
          recognizer.recognize(
              some.stream().map(range -> recording.slice(range.start(), range.end())).toList());
      for (int i = 0; i < some.size(); i++) {
        segments.add(some.get(i).segment(heard.get(i)));
      }
    }
    return segments;
  }

  private List<Range> ranges(int samples) {
    List<Range> ranges = new ArrayList<>();
    long end;
    do {
      // Rounding must not push a window past the end when the hop is the whole window.
      long start = Math.min(samples - 1, samples(ranges.size() * hopSeconds));
      end = Math.min(samples, start + samples(windowSeconds));
      ranges.add(new Range((int) start, (int) end));
    } while (end < samples);
    return ranges;
  }

  private static long samples(double seconds) {
    return Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
  }

  /** From one sample (inclusive) to another (exclusive). */
  private record Range(int start, int end) {

    TimelineSegment segment(Recognition heard) {
      return new TimelineSegment(
          (double) start / Waveform.SAMPLE_RATE_HZ,
          (double) end / Waveform.SAMPLE_RATE_HZ,
          heard.scores(),
          heard.abstention());
    }
  }
}
