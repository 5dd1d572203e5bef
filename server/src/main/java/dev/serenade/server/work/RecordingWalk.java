package dev.serenade.server.work;

import com.google.gson.JsonObject;
import dev.serenade.analysis.Analysis;
import dev.serenade.analysis.AnalysisJson;
import dev.serenade.analysis.AnalysisStream;
import dev.serenade.analysis.Doubt;
import dev.serenade.audio.AudioReader;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.recognition.timeline.TimelineUpdate;
import dev.serenade.server.http.AnalysisOptions;
import dev.serenade.server.http.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Hears a recording of any length to its end, and tells a job how far it is. Used once. */
final class RecordingWalk {

  private static final int SAMPLES_AT_ONCE = 10 * Waveform.SAMPLE_RATE_HZ;

  /** What is explained is held in memory, and asks the model many times. */
  private static final int LONGEST_EXPLAINED_SECONDS = 300;

  private final EmotionRecognizer recognizer;
  private final AnalysisOptions options;
  private final AnalysisStream stream;
  private final double mostSeconds;
  private final List<TimelineSegment> timeline = new ArrayList<>();
  private final List<Waveform> kept = new ArrayList<>();

  RecordingWalk(
      EmotionRecognizer recognizer, AnalysisOptions options, Doubt doubt, double mostSeconds) {
    this.recognizer = recognizer;
    this.options = options;
    this.stream = AnalysisStream.of(recognizer, options.timeline(), doubt);
    this.mostSeconds = mostSeconds;
  }

  /** Returns what was heard; empty if the job was cancelled. */
  Optional<Analysis> to(AudioReader reader, Job job) throws IOException {
    for (Optional<Waveform> next = reader.read(SAMPLES_AT_ONCE);
        next.isPresent();
        next = reader.read(SAMPLES_AT_ONCE)) {
      if (job.isCancelled()) {
        return Optional.empty();
      }
      tell(stream.push(next.get()), job);
      require(job, mostSeconds, "");
      if (options.explain()) {
        require(job, LONGEST_EXPLAINED_SECONDS, " with explain");
        kept.add(next.get());
      }
    }
    tell(stream.finishTimeline(), job);
    Analysis analysis = stream.finish(reader.gaps()).withTimeline(timeline);
    return Optional.of(options.explain() ? explained(analysis) : analysis);
  }

  private void tell(TimelineUpdate news, Job job) {
    timeline.addAll(news.segments());
    List<JsonObject> segments = news.segments().stream().map(AnalysisJson::segment).toList();
    job.progress(stream.seconds(), segments);
  }

  private void require(Job job, double most, String condition) {
    if (stream.seconds() > most) {
      throw new ProblemException(
          413,
          "too-long",
          String.format(
              Locale.ROOT,
              "%s: %.0f s at most expected%s, found more",
              job.file(),
              most,
              condition));
    }
  }

  private Analysis explained(Analysis analysis) {
    float[] samples = new float[kept.stream().mapToInt(Waveform::length).sum()];
    int position = 0;
    for (Waveform some : kept) {
      System.arraycopy(some.toArray(), 0, samples, position, some.length());
      position += some.length();
    }
    return new Analysis(
        analysis.recognition(),
        analysis.timeline(),
        Optional.of(Explanation.of(recognizer, Waveform.of(samples), analysis.recognition())),
        analysis.set(),
        analysis.gaps());
  }
}
