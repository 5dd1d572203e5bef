package dev.serenade.spark;

import dev.serenade.analysis.AnalysisStream;
import dev.serenade.analysis.Doubt;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioFormatException;
import dev.serenade.audio.AudioFormatException.Reason;
import dev.serenade.audio.AudioReader;
import dev.serenade.audio.Gap;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.timeline.EmotionStream;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Scores recordings in their order as {@code serenade predict} does: clips of up to 30 s several at
 * once, longer ones piece by piece. Whatever is wrong with a recording becomes its result.
 *
 * <p>A storage that fails is not the recording's fault: that is thrown, so that Spark tries the
 * task again, unless this is its last attempt. For one thread.
 */
final class RecordingScorer implements Iterator<ScoredRecording> {

  private static final int MOST_AT_ONCE = 16;
  private static final int MOST_SAMPLES_AT_ONCE = 60 * Waveform.SAMPLE_RATE_HZ;
  private static final int LONGEST_CLIP = 30 * Waveform.SAMPLE_RATE_HZ;
  private static final int SAMPLES_AT_ONCE = 10 * Waveform.SAMPLE_RATE_HZ;

  /** A clip that waits for others, or the result of one that cannot be decoded. */
  private record Waiting(
      String path, Waveform waveform, List<Gap> gaps, Optional<ScoringError> error) {}

  private final Iterator<RecordingSource> sources;
  private final EmotionRecognizer recognizer;
  private final Doubt doubt;
  private final Optional<Timeline> timeline;
  private final RecordingLimits limits;
  private final Configuration hadoop;
  private final boolean lastAttempt;
  private final AudioDecoder decoder = AudioDecoder.create();
  private final List<Waiting> waiting = new ArrayList<>();
  private int waitingSamples;
  private final Queue<ScoredRecording> results = new ArrayDeque<>();

  /**
   * Scores these recordings as they are asked for.
   *
   * @param lastAttempt whether a failure of the storage, too, becomes a result
   */
  RecordingScorer(
      Iterator<RecordingSource> sources,
      EmotionRecognizer recognizer,
      Doubt doubt,
      Optional<Timeline> timeline,
      RecordingLimits limits,
      Configuration hadoop,
      boolean lastAttempt) {
    this.sources = sources;
    this.recognizer = recognizer;
    this.doubt = doubt;
    this.timeline = timeline;
    this.limits = limits;
    this.hadoop = hadoop;
    this.lastAttempt = lastAttempt;
  }

  @Override
  public boolean hasNext() {
    return !results.isEmpty() || !waiting.isEmpty() || sources.hasNext();
  }

  @Override
  public ScoredRecording next() {
    while (results.isEmpty() && sources.hasNext()) {
      take(sources.next());
      if (waiting.size() >= MOST_AT_ONCE || waitingSamples >= MOST_SAMPLES_AT_ONCE) {
        scoreWaiting();
      }
    }
    if (results.isEmpty()) {
      scoreWaiting();
    }
    if (results.isEmpty()) {
      throw new NoSuchElementException("no more recordings");
    }
    return results.remove();
  }

  private void take(RecordingSource source) {
    String path = source.path();
    try (AudioReader reader = source.open(decoder, hadoop, limits.maximumBytes())) {
      if (reader.statedSeconds().orElse(0) > limits.maximumSeconds()) {
        fail(path, tooLong(path));
        return;
      }
      Waveform beginning = reader.read(LONGEST_CLIP + 1).orElseGet(Waveform::of);
      if (beginning.durationSeconds() > limits.maximumSeconds()) {
        fail(path, tooLong(path));
      } else if (beginning.length() <= LONGEST_CLIP) {
        waiting.add(new Waiting(path, beginning, reader.gaps(), Optional.empty()));
        waitingSamples += beginning.length();
      } else {
        scoreWaiting();
        results.add(hear(path, beginning, reader));
      }
    } catch (RecordingSource.TooLargeException e) {
      fail(path, new ScoringError(Reason.TOO_LARGE.code(), String.valueOf(e.getMessage())));
    } catch (FileNotFoundException e) {
      fail(path, ScoringError.of(Reason.NOT_FOUND, path, "no such file"));
    } catch (AccessControlException e) {
      fail(path, ScoringError.of(Reason.UNREADABLE, path, "may not be read"));
    } catch (UnsupportedFileSystemException e) {
      fail(path, ScoringError.of(Reason.UNREADABLE, path, String.valueOf(e.getMessage())));
    } catch (AudioFormatException e) {
      if (e.reason() == Reason.UNREADABLE) {
        failStorage(path, e);
      } else {
        fail(path, ScoringError.of(e));
      }
    } catch (IOException e) {
      failStorage(path, e);
    } catch (OutOfMemoryError e) {
      fail(path, ScoringError.outOfMemory(path));
    } catch (IllegalArgumentException e) {
      fail(path, ScoringError.of(Reason.UNREADABLE, path, "cannot be opened: " + e.getMessage()));
    }
  }

  private void failStorage(String path, IOException e) {
    if (!lastAttempt || e instanceof InterruptedIOException) {
      throw new UncheckedIOException(path + ": the storage failed", e);
    }
    fail(path, ScoringError.of(Reason.UNREADABLE, path, "cannot be read: " + e.getMessage()));
  }

  /** Keeps the place of a recording that failed among those that wait. */
  private void fail(String path, ScoringError error) {
    waiting.add(new Waiting(path, Waveform.of(), List.of(), Optional.of(error)));
  }

  private ScoringError tooLong(String path) {
    return ScoringError.of(
        Reason.TOO_LONG,
        path,
        "%s s at most expected, found more".formatted(limits.maximumSeconds()));
  }

  private ScoredRecording hear(String path, Waveform beginning, AudioReader rest)
      throws IOException {
    try {
      AnalysisStream stream = AnalysisStream.of(recognizer, timeline, doubt);
      List<TimelineSegment> segments = new ArrayList<>();
      Optional<Waveform> next = Optional.of(beginning);
      while (next.isPresent()) {
        segments.addAll(stream.push(next.get()).segments());
        if (stream.seconds() > limits.maximumSeconds()) {
          return ScoredRecording.failed(path, tooLong(path));
        }
        next = rest.read(SAMPLES_AT_ONCE);
      }
      segments.addAll(stream.finishTimeline().segments());
      return ScoredRecording.heard(path, stream.finish(rest.gaps()).withTimeline(segments));
    } catch (RuntimeException e) {
      return ScoredRecording.failed(path, ScoringError.recognitionFailed(path, e));
    } catch (OutOfMemoryError e) {
      return ScoredRecording.failed(path, ScoringError.outOfMemory(path));
    }
  }

  private void scoreWaiting() {
    List<Waiting> clips = List.copyOf(waiting);
    waiting.clear();
    waitingSamples = 0;
    score(clips);
  }

  private void score(List<Waiting> clips) {
    List<ScoredRecording> scored = new ArrayList<>();
    try {
      Iterator<Recognition> heard =
          recognizer
              .recognize(
                  clips.stream()
                      .filter(clip -> clip.error().isEmpty())
                      .map(Waiting::waveform)
                      .toList())
              .iterator();
      for (Waiting clip : clips) {
        scored.add(
            clip.error().isPresent()
                ? ScoredRecording.failed(clip.path(), clip.error().get())
                : describe(clip, heard.next()));
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      if (clips.size() > 1) {
        // One of several failed, and must not take the others with it.
        clips.forEach(clip -> score(List.of(clip)));
        return;
      }
      String path = clips.get(0).path();
      scored.add(
          ScoredRecording.failed(
              path,
              e instanceof RuntimeException failure
                  ? ScoringError.recognitionFailed(path, failure)
                  : ScoringError.outOfMemory(path)));
    }
    results.addAll(scored);
  }

  private ScoredRecording describe(Waiting clip, Recognition recognition) {
    AnalysisStream.requireNumbers(recognition);
    List<TimelineSegment> segments = List.of();
    if (timeline.isPresent()) {
      EmotionStream stream = EmotionStream.of(recognizer, timeline.get());
      segments = new ArrayList<>(stream.push(clip.waveform()).segments());
      segments.addAll(stream.finish().segments());
    }
    return ScoredRecording.heard(
        clip.path(),
        doubt.heard(recognition, doubt.heard(segments), Optional.empty(), clip.gaps()));
  }
}
