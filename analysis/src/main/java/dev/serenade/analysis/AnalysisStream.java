package dev.serenade.analysis;

import dev.serenade.audio.Gap;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.RecognitionStream;
import dev.serenade.recognition.timeline.EmotionStream;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineUpdate;
import java.util.List;
import java.util.Optional;

/**
 * Hears a recording of any length piece by piece: the whole of it, and its timeline if that is
 * wanted. Memory does not grow with its length, but for the attention, 0.7 MB an hour.
 *
 * <p>Used by one thread at a time.
 */
public final class AnalysisStream {

  private static final TimelineUpdate NOTHING = new TimelineUpdate(List.of(), List.of(), List.of());

  private final RecognitionStream whole;
  private final Optional<EmotionStream> parts;
  private final Doubt doubt;
  private double seconds;

  private AnalysisStream(RecognitionStream whole, Optional<EmotionStream> parts, Doubt doubt) {
    this.whole = whole;
    this.parts = parts;
    this.doubt = doubt;
  }

  /** Returns a stream that has heard nothing yet. */
  public static AnalysisStream of(
      EmotionRecognizer recognizer, Optional<Timeline> timeline, Doubt doubt) {
    return new AnalysisStream(
        recognizer.stream(), timeline.map(windows -> EmotionStream.of(recognizer, windows)), doubt);
  }

  /** Hears the next samples, and returns what they make known of the timeline. */
  public TimelineUpdate push(Waveform samples) {
    seconds += samples.durationSeconds();
    TimelineUpdate news = parts.map(stream -> doubtful(stream.push(samples))).orElse(NOTHING);
    whole.push(samples);
    return news;
  }

  /** Returns how much was heard so far, in seconds. */
  public double seconds() {
    return seconds;
  }

  /** Hears that there is no more to come, and returns what was open of the timeline. */
  public TimelineUpdate finishTimeline() {
    return parts.map(stream -> doubtful(stream.finish())).orElse(NOTHING);
  }

  /**
   * Returns what was heard in the whole, without its timeline. Called once, at the end.
   *
   * @throws IllegalArgumentException if there was nothing at all
   * @throws IllegalStateException if the scores are no numbers
   */
  public Analysis finish(List<Gap> gaps) {
    Recognition recognition = requireNumbers(whole.finish());
    return doubt.heard(recognition, List.of(), Optional.empty(), gaps);
  }

  private TimelineUpdate doubtful(TimelineUpdate news) {
    return new TimelineUpdate(news.windows(), news.cells(), doubt.heard(news.segments()));
  }

  /** Returns what was recognised, unless a broken model gave something else than numbers. */
  public static Recognition requireNumbers(Recognition recognition) {
    if (!Double.isFinite(recognition.confidence())) {
      throw new IllegalStateException("the model's scores are no numbers");
    }
    return recognition;
  }
}
