package dev.serenade.cli.predict;

import dev.serenade.analysis.AnalysisStream;
import dev.serenade.analysis.Doubt;
import dev.serenade.audio.Waveform;
import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.timeline.EmotionStream;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.recognition.timeline.TimelineUpdate;
import dev.serenade.transcription.Transcriber;
import dev.serenade.transcription.Transcript;
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
 * @param transcriber if what is said is wanted
 */
record Scoring(
    EmotionRecognizer recognizer,
    Optional<TimelineWish> timeline,
    boolean explain,
    Doubt doubt,
    Optional<Transcriber> transcriber) {

  /** What is read of a long recording at a time. */
  private static final int SAMPLES_AT_ONCE = 10 * Waveform.SAMPLE_RATE_HZ;

  /** Is told of a long recording while it is heard. */
  interface Listener {

    /** Takes segments that have become known. */
    void hear(List<HeardSegment> segments, double secondsHeard)
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
    AnalysisStream.requireNumbers(recognition);
    Optional<TimelineTrace> trace = trace();
    List<TimelineSegment> segments = List.of();
    if (timeline.isPresent()) {
      EmotionStream stream = EmotionStream.of(recognizer, timeline.get().windows());
      List<TimelineSegment> all = new ArrayList<>();
      for (TimelineUpdate news : List.of(stream.push(clip.waveform()), stream.finish())) {
        List<TimelineSegment> some = doubt.heard(news.segments());
        trace.ifPresent(picture -> picture.add(news.cells(), some));
        all.addAll(some);
      }
      segments = timeline.get().written() ? all : List.of();
    }
    Optional<Explanation> explanation =
        explain
            ? Optional.of(Explanation.of(recognizer, clip.waveform(), recognition))
            : Optional.empty();
    return new Heard(
        clip.track(),
        doubt.heard(recognition, segments, explanation, clip.gaps()),
        trace,
        said(clip, segments));
  }

  private Optional<Said> said(Clip clip, List<TimelineSegment> segments) {
    return writing()
        .map(
            writing -> {
              writing.push(clip.waveform());
              List<Transcript> parts = writing.of(segments);
              return new Said(writing.finish(), parts);
            });
  }

  private Optional<SpeechWriting> writing() {
    return transcriber.map(whisper -> new SpeechWriting(whisper, writesTimeline()));
  }

  /** Hears a long recording to its end, and closes it; returns what else came of it. */
  Outcome hear(LongRecording recording, Listener listener)
      throws CannotRunException, BrokenPipeException {
    Track track = recording.track();
    try (recording) {
      AnalysisStream stream =
          AnalysisStream.of(recognizer, timeline.map(TimelineWish::windows), doubt);
      Optional<TimelineTrace> trace = trace();
      Optional<SpeechWriting> writing = writing();
      Optional<Waveform> next = Optional.of(recording.beginning());
      while (next.isPresent()) {
        Waveform samples = next.get();
        writing.ifPresent(words -> words.push(samples));
        tell(stream.push(samples), trace, writing, stream.seconds(), listener);
        next = recording.rest().read(SAMPLES_AT_ONCE);
      }
      tell(stream.finishTimeline(), trace, writing, stream.seconds(), listener);
      return new Heard(
          track,
          stream.finish(recording.rest().gaps()),
          trace,
          writing.map(words -> new Said(words.finish(), List.of())));
    } catch (IOException e) {
      return Failed.of(track, e);
    } catch (RuntimeException e) {
      return failure(track, e);
    }
  }

  private void tell(
      TimelineUpdate news,
      Optional<TimelineTrace> trace,
      Optional<SpeechWriting> writing,
      double seconds,
      Listener listener)
      throws CannotRunException, BrokenPipeException {
    trace.ifPresent(picture -> picture.add(news.cells(), news.segments()));
    List<HeardSegment> segments = new ArrayList<>();
    if (writesTimeline()) {
      Optional<List<Transcript>> said = writing.map(words -> words.of(news.segments()));
      segments.addAll(HeardSegment.of(news.segments(), said));
    }
    listener.hear(segments, seconds);
  }

  private Optional<TimelineTrace> trace() {
    return timeline.filter(TimelineWish::drawn).map(wish -> new TimelineTrace(recognizer.labels()));
  }

  /** Returns whether segments are to be written. */
  boolean writesTimeline() {
    return timeline.filter(TimelineWish::written).isPresent();
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
}
