package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import java.util.ArrayList;
import java.util.List;

/**
 * How sound is divided: windows of equal length on a grid of equal hops, in whole samples.
 *
 * <p>Window k reaches from k hop to k hop + window, or to the end of the sound if that comes first.
 * The last window is the first that reaches the end. Cell k of the grid reaches from k hop to (k +
 * 1) hop.
 *
 * @param windowSeconds how long a window is; at least {@link #SHORTEST_SECONDS}
 * @param hopSeconds from the start of one window to that of the next; at least {@link
 *     #SHORTEST_SECONDS} and at most the window, so that nothing is left out
 */
public record Timeline(double windowSeconds, double hopSeconds) {

  /** Less than this tells nothing. */
  public static final double SHORTEST_SECONDS = 0.1;

  /** More than this is no part of anything. */
  public static final double LONGEST_SECONDS = 300;

  /** Windows of 4 s, every 2 s. */
  public static final Timeline DEFAULT = new Timeline(4, 2);

  /** Checks the ranges. */
  public Timeline {
    if (!(windowSeconds >= SHORTEST_SECONDS && windowSeconds <= LONGEST_SECONDS)) {
      throw new IllegalArgumentException(
          "expected a window of at least %s s and at most %s s, found %s s"
              .formatted(SHORTEST_SECONDS, LONGEST_SECONDS, windowSeconds));
    }
    if (!(hopSeconds >= SHORTEST_SECONDS && hopSeconds <= windowSeconds)) {
      throw new IllegalArgumentException(
          "expected a hop from %s s to the window of %s s, found %s s"
              .formatted(SHORTEST_SECONDS, windowSeconds, hopSeconds));
    }
  }

  /**
   * Returns the segments of a recording: what {@link EmotionStream} gives for it.
   *
   * @return in the order of time, none where nobody speaks
   * @throws IllegalArgumentException if the recording is empty
   */
  public List<TimelineSegment> of(EmotionRecognizer recognizer, Waveform recording) {
    if (recording.length() == 0) {
      throw new IllegalArgumentException("expected a recording of more than 0 s");
    }
    EmotionStream stream = EmotionStream.of(recognizer, this);
    List<TimelineSegment> segments = new ArrayList<>(stream.push(recording).segments());
    segments.addAll(stream.finish().segments());
    return segments;
  }

  int windowSamples() {
    return samples(windowSeconds);
  }

  int hopSamples() {
    return samples(hopSeconds);
  }

  private static int samples(double seconds) {
    return (int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
  }
}
