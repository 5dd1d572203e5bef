package dev.serenade.server.work;

import com.google.gson.JsonObject;
import dev.serenade.analysis.Analysis;
import dev.serenade.analysis.AnalysisJson;
import dev.serenade.analysis.Doubt;
import dev.serenade.analysis.DoubtException;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioReader;
import dev.serenade.audio.DecodeLimits;
import dev.serenade.audio.Gap;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.explanation.Explanation;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.server.ServerLimits;
import dev.serenade.server.http.AnalysisOptions;
import dev.serenade.server.http.Problem;
import dev.serenade.server.http.ProblemException;
import dev.serenade.server.http.Upload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears recordings that clients have sent: short ones at once, many together; long ones as jobs.
 *
 * <p>Safe for use by many threads at once.
 */
public final class AnalysisService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AnalysisService.class);

  private final EmotionRecognizer recognizer;
  private final ServerLimits limits;
  private final Optional<Keeper> keeper;
  private final ClipBatcher batcher;
  private final WorkListener listener;
  private final Jobs jobs;
  private final SoundBudget budget;

  /** For timelines and explanations, which ask the model many times. */
  private final ExecutorService details;

  private AnalysisService(
      EmotionRecognizer recognizer,
      ServerLimits limits,
      Optional<Keeper> keeper,
      ClipBatcher batcher,
      WorkListener listener) {
    this.recognizer = recognizer;
    this.limits = limits;
    this.keeper = keeper;
    this.batcher = batcher;
    this.listener = listener;
    this.jobs = new Jobs(limits.jobs());
    this.budget = new SoundBudget(limits.syncSeconds() + 1);
    this.details =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            work -> {
              Thread thread = new Thread(work, "details");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to wait for work.
   *
   * @param keeper where analyses are kept, if they are
   * @param listener is told what is done
   */
  public static AnalysisService start(
      EmotionRecognizer recognizer,
      ServerLimits limits,
      Optional<Keeper> keeper,
      WorkListener listener) {
    return new AnalysisService(
        recognizer, limits, keeper, ClipBatcher.start(recognizer, listener), listener);
  }

  /** What comes of a recording: an answer, or a job that will have one. */
  public sealed interface Outcome permits Answered, Accepted {}

  /**
   * A short recording was heard.
   *
   * @param id under which it is kept; empty if it is not
   */
  public record Answered(Optional<String> id, JsonObject result, double seconds)
      implements Outcome {}

  /** A long recording waits to be heard. */
  public record Accepted(Job job) implements Outcome {}

  /** A clip and what could not be decoded of it. */
  private record Clip(Waveform waveform, List<Gap> gaps) {}

  /** Returns the jobs. */
  public Jobs jobs() {
    return jobs;
  }

  /**
   * Hears a recording, or accepts it as a job.
   *
   * @param upload is closed once it is not needed any more
   * @throws ProblemException if it cannot be heard
   */
  public Outcome analyse(Upload upload, AnalysisOptions options) throws InterruptedException {
    Instant start = Instant.now();
    Deadline deadline = Deadline.in(limits.deadline());
    boolean accepted = false;
    int held = take(deadline);
    try {
      Doubt doubt = options.doubt().of(recognizer.model());
      Optional<Clip> clip = options.async() ? Optional.empty() : decodeShort(upload, options);
      if (clip.isEmpty()) {
        Job job =
            jobs.submit(
                upload.name(), running -> new LongAnalysis(running, upload, options, doubt).run());
        accepted = true;
        return new Accepted(job);
      }
      held = shrink(held, clip.get().waveform());
      Analysis analysis = analyse(clip.get(), options, doubt, deadline);
      listener.heard(clip.get().waveform().durationSeconds());
      JsonObject result =
          AnalysisJson.of(
              upload.name(), options.channel(), analysis, options.timeline().isPresent());
      Optional<String> id = keep(upload, start, result);
      return new Answered(id, result, clip.get().waveform().durationSeconds());
    } catch (DoubtException e) {
      throw AnalysisOptions.refused(e);
    } finally {
      budget.giveBack(held);
      if (!accepted) {
        close(upload);
      }
    }
  }

  /** Recognises a short recording, and nothing else. */
  public Recognition recognize(Upload upload, AnalysisOptions options) throws InterruptedException {
    Deadline deadline = Deadline.in(limits.deadline());
    int held = take(deadline);
    try {
      Clip clip =
          decodeShort(upload, options)
              .orElseThrow(
                  () ->
                      new ProblemException(
                          413,
                          "too-long",
                          "%s: %d s at most expected here, found more"
                              .formatted(upload.name(), limits.syncSeconds())));
      held = shrink(held, clip.waveform());
      Recognition heard = await(batcher.recognize(clip.waveform()), deadline, upload.name());
      listener.heard(clip.waveform().durationSeconds());
      return heard;
    } finally {
      budget.giveBack(held);
      close(upload);
    }
  }

  private int take(Deadline deadline) throws InterruptedException {
    int seconds = limits.syncSeconds() + 1;
    if (!budget.take(seconds, deadline.left())) {
      throw ProblemException.deadline(
          "the server did not come to this recording within %d s"
              .formatted(limits.deadline().toSeconds()));
    }
    return seconds;
  }

  private int shrink(int held, Waveform clip) {
    int needed = Math.min(held, (int) Math.ceil(clip.durationSeconds()));
    budget.giveBack(held - needed);
    return needed;
  }

  /** Decodes a recording; empty if it is longer than is answered at once. */
  private Optional<Clip> decodeShort(Upload upload, AnalysisOptions options) {
    int longest = limits.syncSeconds() * Waveform.SAMPLE_RATE_HZ;
    try (AudioReader reader = upload.open(decoder(options))) {
      refuseIfTooLong(reader, upload.name());
      Waveform beginning = reader.read(longest + 1).orElseGet(Waveform::of);
      return beginning.length() > longest
          ? Optional.empty()
          : Optional.of(new Clip(beginning, reader.gaps()));
    } catch (IOException e) {
      throw problem(Problem.of(e, upload.name()));
    }
  }

  /** Of what says how long it is. What does not, or is wrong, is refused once it is heard. */
  private void refuseIfTooLong(AudioReader reader, String name) {
    if (reader.statedSeconds().orElse(0) > limits.seconds()) {
      throw new ProblemException(
          413,
          "too-long",
          String.format(
              Locale.ROOT,
              "%s: %.0f s at most expected, found %.0f s",
              name,
              limits.seconds(),
              reader.statedSeconds().orElseThrow()));
    }
  }

  private AudioDecoder decoder(AnalysisOptions options) {
    AudioDecoder decoder =
        AudioDecoder.create().withLimits(new DecodeLimits(limits.seconds(), limits.uploadBytes()));
    return options.channel().isPresent()
        ? decoder.withChannel(options.channel().getAsInt())
        : decoder;
  }

  private static ProblemException problem(Problem problem) {
    return new ProblemException(problem.status(), problem.code(), problem.detail());
  }

  private Analysis analyse(Clip clip, AnalysisOptions options, Doubt doubt, Deadline deadline)
      throws InterruptedException {
    Recognition recognition = await(batcher.recognize(clip.waveform()), deadline, "the recording");
    if (options.timeline().isEmpty() && !options.explain()) {
      return doubt.heard(recognition, List.of(), Optional.empty(), clip.gaps());
    }
    Future<Analysis> detailed = details.submit(() -> detailed(clip, recognition, options, doubt));
    return await(detailed, deadline, "the recording");
  }

  private Analysis detailed(
      Clip clip, Recognition recognition, AnalysisOptions options, Doubt doubt) {
    List<TimelineSegment> timeline =
        options
            .timeline()
            .map(windows -> doubt.heard(windows.of(recognizer, clip.waveform())))
            .orElse(List.of());
    Optional<Explanation> explanation =
        options.explain()
            ? Optional.of(Explanation.of(recognizer, clip.waveform(), recognition))
            : Optional.empty();
    return doubt.heard(recognition, timeline, explanation, clip.gaps());
  }

  private <T> T await(Future<T> result, Deadline deadline, String name)
      throws InterruptedException {
    try {
      return result.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | CancellationException e) {
      throw ProblemException.deadline(
          "%s: not heard within %d s".formatted(name, limits.deadline().toSeconds()));
    } catch (ExecutionException e) {
      throw failed(name, e);
    } finally {
      result.cancel(false);
    }
  }

  private static ProblemException failed(String name, Throwable cause) {
    LOG.error("recognition failed", cause);
    return new ProblemException(500, "recognition-failed", name + ": recognition failed");
  }

  private Optional<String> keep(Upload upload, Instant createdAt, JsonObject result) {
    if (keeper.isEmpty()) {
      return Optional.empty();
    }
    String id = jobs.newId();
    keeper.get().keep(id, createdAt, result, upload);
    return Optional.of(id);
  }

  private static void close(Upload upload) {
    try {
      upload.close();
    } catch (IOException e) {
      // The folder of uploads is emptied when the server ends.
    }
  }

  /** Waits until accepted jobs have ended, or for so long; returns whether they have. */
  public boolean drain(Duration longest) throws InterruptedException {
    return jobs.awaitFinished(longest);
  }

  @Override
  public void close() {
    jobs.close();
    batcher.close();
    details.shutdown();
  }

  /** One job. */
  private final class LongAnalysis {

    private final Job job;
    private final Upload upload;
    private final AnalysisOptions options;
    private final RecordingWalk walk;

    LongAnalysis(Job job, Upload upload, AnalysisOptions options, Doubt doubt) {
      this.job = job;
      this.upload = upload;
      this.options = options;
      this.walk = new RecordingWalk(recognizer, options, doubt, limits.seconds());
    }

    void run() {
      try (AudioReader reader = upload.open(decoder(options))) {
        if (!job.begin(reader.statedSeconds())) {
          return;
        }
        Optional<Analysis> analysis = walk.to(reader, job);
        if (analysis.isPresent()) {
          listener.heard(analysis.get().recognition().durationSeconds());
          JsonObject result =
              AnalysisJson.of(
                  upload.name(), options.channel(), analysis.get(), options.timeline().isPresent());
          keeper.ifPresent(history -> history.keep(job.id(), job.createdAt(), result, upload));
          if (!job.finish(result)) {
            // It was deleted while it was being kept.
            keeper.ifPresent(history -> history.forget(job.id()));
          }
        }
      } catch (IOException e) {
        job.fail(Problem.of(e, upload.name()));
      } catch (ProblemException e) {
        job.fail(Problem.of(e));
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        job.fail(Problem.of(failed(upload.name(), e)));
      } finally {
        close(upload);
        listener.jobEnded(job.view(0).problem().map(Problem::code).orElse("ok"));
      }
    }
  }
}
