package dev.serenade.cli.predict;

import dev.serenade.audio.Waveform;
import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.RecognitionStream;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.timeline.EmotionStream;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.recognition.timeline.TimelineUpdate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Recognises tracks: clips several at once, long recordings piece by piece.
 *
 * @param timeline if one is wanted
 * @param explain whether to find out what the scores owe to which moment
 * @param doubt what to say where the model is not sure
 */
record Scoring(
    EmotionRecognizer recognizer, Optional<TimelineWish> timeline, boolean explain, Doubt doubt) {

  /** What is read of a long recording at a time. */
  private static final int SAMPLES_AT_ONCE = 10 * Waveform.SAMPLE_RATE_HZ;

  /** Is told of a long recording while it is heard. */
  interface Listener {

    /** Takes segments that have become known. */
    void hear(List<TimelineSegment> segments, double secondsHeard)
        throws CannotRunException, BrokenPipeException;
  }

  /** Returns what came of each clip, in their order. */
  List<Outcome> score(List<Decoded> clips) {
    List<Waveform> waveforms = new ArrayList<>();
    for (Decoded decoded : clips) {
      if (decoded instanceof Clip clip) {
        waveforms.add(clip.waveform());
      }
    }
    try {
      Iterator<Recognition> heard = recognizer.recognize(waveforms).iterator();
      List<Outcome> outcomes = new ArrayList<>();
      for (Decoded decoded : clips) {
        if (decoded instanceof Clip clip) {
          outcomes.add(outcome(clip, heard.next()));
        } else if (decoded instanceof Failed failed) {
          outcomes.add(failed);
        }
      }
      return outcomes;
    } catch (RuntimeException e) {
      return clips.size() == 1 ? List.of(failure(clips.get(0), e)) : apart(clips);
    }
  }

  /** One of several failed, and must not take the others with it. */
  private List<Outcome> apart(List<Decoded> clips) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Decoded clip : clips) {
      outcomes.addAll(score(List.of(clip)));
    }
    return outcomes;
  }

  private Outcome outcome(Clip clip, Recognition recognition) {
    requireNumbers(recognition);
    Optional<Parts> parts = timeline.map(wish -> new Parts(wish));
    List<TimelineSegment> segments = new ArrayList<>();
    parts.ifPresent(
        stream -> {
          segments.addAll(stream.push(clip.waveform()));
          segments.addAll(stream.finish());
        });
    Optional<Explanation> explanation =
        explain
            ? Optional.of(Explanation.of(recognizer, clip.waveform(), recognition))
            : Optional.empty();
    return doubt.heard(
        clip.track(), recognition, segments, explanation, clip.gaps(), parts.flatMap(Parts::trace));
  }

  /** Hears a long recording to its end, and closes it; returns what else came of it. */
  Outcome hear(LongRecording recording, Listener listener)
      throws CannotRunException, BrokenPipeException {
    Track track = recording.track();
    try (recording) {
      RecognitionStream whole = recognizer.stream();
      Optional<Parts> parts = timeline.map(wish -> new Parts(wish));
      double seconds = 0;
      Optional<Waveform> next = Optional.of(recording.beginning());
      while (next.isPresent()) {
        Waveform samples = next.get();
        seconds += samples.durationSeconds();
        listener.hear(parts.map(stream -> stream.push(samples)).orElse(List.of()), seconds);
        whole.push(samples);
        next = recording.rest().read(SAMPLES_AT_ONCE);
      }
      listener.hear(parts.map(Parts::finish).orElse(List.of()), seconds);
      Recognition recognition = whole.finish();
      requireNumbers(recognition);
      return doubt.heard(
          track,
          recognition,
          List.of(),
          Optional.empty(),
          recording.rest().gaps(),
          parts.flatMap(Parts::trace));
    } catch (IOException e) {
      return Failed.of(track, e);
    } catch (RuntimeException e) {
      return failure(track, e);
    }
  }

  /** Returns whether segments are to be written. */
  boolean writesTimeline() {
    return timeline.filter(TimelineWish::written).isPresent();
  }

  private static void requireNumbers(Recognition recognition) {
    if (!Double.isFinite(recognition.confidence())) {
      throw new IllegalStateException("the model's scores are no numbers");
    }
  }

  private static Outcome failure(Decoded decoded, RuntimeException e) {
    if (decoded instanceof Clip clip) {
      return failure(clip.track(), e);
    }
    throw e;
  }

  private static Failed failure(Track track, RuntimeException e) {
    return new Failed(
        track,
        Failed.RECOGNITION_FAILED,
        "%s: recognition failed: %s".formatted(track.file(), e.getMessage()));
  }

  /** The timeline of one track. */
  private final class Parts {

    private final EmotionStream stream;
    private final TimelineWish wish;
    private final TimelineTrace trace;

    Parts(TimelineWish wish) {
      this.stream = EmotionStream.of(recognizer, wish.windows());
      this.wish = wish;
      this.trace = new TimelineTrace(recognizer.labels());
    }

    /** Returns the segments that are to be written. */
    List<TimelineSegment> push(Waveform samples) {
      return take(stream.push(samples));
    }

    List<TimelineSegment> finish() {
      return take(stream.finish());
    }

    private List<TimelineSegment> take(TimelineUpdate news) {
      List<TimelineSegment> segments = doubt.heard(news.segments());
      if (wish.drawn()) {
        trace.add(news.cells(), segments);
      }
      return wish.written() ? segments : List.of();
    }

    Optional<TimelineTrace> trace() {
      return wish.drawn() ? Optional.of(trace) : Optional.empty();
    }
  }
}
