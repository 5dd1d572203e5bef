package dev.serenade.speed;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.whisper.EncoderWork;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Measures a model.
 *
 * <p>Every case is measured once a round, so that no case has all of a bad moment, and the
 * machine's matrix rate beside them, before, between and after.
 */
public final class SpeedRun {

  /** Stages of recognition. */
  private static final List<Stage> STAGES =
      List.of(Stage.DECODE, Stage.FRONT_END, Stage.ENCODER, Stage.HEAD, Stage.TOTAL);

  /** What the encoder can compute in. */
  private static final List<String> PRECISIONS = List.of("fp32");

  /** A case, and the times that were taken of it. */
  private record Running(
      Stage stage,
      double seconds,
      int batch,
      String precision,
      OptionalDouble gigaflops,
      Stopwatch.Work work,
      List<Double> milliseconds) {

    SpeedCase finished() {
      return new SpeedCase(
          stage, seconds, batch, precision, new Timings(milliseconds).dividedBy(batch), gigaflops);
    }
  }

  private final Subject subject;
  private final SpeedSettings settings;
  private final SpeechClips speech;
  private final Path folder;
  private final Consumer<String> progress;

  private SpeedRun(
      Subject subject,
      SpeedSettings settings,
      SpeechClips speech,
      Path folder,
      Consumer<String> progress) {
    this.subject = subject;
    this.settings = settings;
    this.speech = speech;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Returns how many steps {@link #of} reports: one for each case and round, and one for training.
   */
  public static int steps(SpeedSettings settings) {
    int cases =
        settings.seconds().size() * settings.batches().size() * STAGES.size() * PRECISIONS.size();
    return cases * settings.rounds() + 1;
  }

  /**
   * Measures a model.
   *
   * @param subject stays open
   * @param progress hears what is measured next
   * @throws IllegalArgumentException if a clip would be longer than the encoder hears at once
   * @throws IOException if the model cannot be read, or clips cannot be written to a temporary file
   */
  public static SpeedResult of(Subject subject, SpeedSettings settings, Consumer<String> progress)
      throws IOException, InterruptedException {
    int positions = subject.model().description().encoder().config().positions();
    double longest = Window.longestSeconds(positions);
    for (double seconds : settings.seconds()) {
      if (seconds > longest) {
        throw new IllegalArgumentException(
            "the encoder hears at most %s s at once, found a clip of %s s"
                .formatted(longest, seconds));
      }
    }
    Path folder = Files.createTempDirectory("serenade-speed");
    try {
      return new SpeedRun(subject, settings, SpeechClips.load(), folder, progress).run();
    } finally {
      for (double seconds : settings.seconds()) {
        Files.deleteIfExists(file(folder, seconds));
      }
      Files.delete(folder);
    }
  }

  private static Path file(Path folder, double seconds) {
    return folder.resolve(seconds + ".wav");
  }

  private SpeedResult run() throws IOException, InterruptedException {
    EmotionModel model = subject.model();
    SessionSettings threads = new SessionSettings(settings.threads());
    try (EmotionRecognizer whole = EmotionRecognizer.of(model, threads)) {
      for (double seconds : settings.seconds()) {
        Files.write(file(folder, seconds), SpeechClips.wav(speech.ofSeconds(seconds)));
      }
      hearTheLargest(whole);
      // Before the other sessions, which a user does not have, are opened.
      long peak = ResidentMemory.peakBytes();
      List<SpeedCase> cases = new ArrayList<>();
      double rate;
      try (ModelStages stages = ModelStages.of(model, whole, threads);
          MatrixRate matrices = new MatrixRate(threads)) {
        List<Running> running = running(stages);
        for (int round = 0; round < settings.rounds(); round++) {
          measure(running, matrices);
        }
        matrices.measure();
        rate = matrices.gigaflops();
        running.forEach(one -> cases.add(one.finished()));
      }
      progress.accept("training step");
      Optional<Timings> step =
          TrainingStep.measure(model.encoder().config(), settings.threads(), settings.rounds());
      step.ifPresent(times -> cases.add(trainingCase(times)));
      ModelDescription described = model.description();
      return new SpeedResult(
          subject.name(),
          described.encoder().name(),
          subject.lastLayer(),
          described.window(),
          settings,
          rate,
          cases,
          step,
          peak,
          OptionalDouble.empty());
    }
  }

  private void hearTheLargest(EmotionRecognizer whole) {
    double longest = settings.seconds().stream().mapToDouble(s -> s).max().orElseThrow();
    int most = settings.batches().stream().mapToInt(batch -> batch).max().orElseThrow();
    whole.recognize(Collections.nCopies(most, speech.ofSeconds(longest)));
  }

  private List<Running> running(ModelStages stages) {
    ModelDescription model = subject.model().description();
    List<Running> running = new ArrayList<>();
    for (String precision : PRECISIONS) {
      for (double seconds : settings.seconds()) {
        Waveform clip = speech.ofSeconds(seconds);
        double gigaflops =
            EncoderWork.of(
                    model.encoder().config(), model.window(), subject.lastLayer(), clip.length())
                .gigaflops();
        for (int batch : settings.batches()) {
          for (Stage stage : STAGES) {
            running.add(
                new Running(
                    stage,
                    seconds,
                    batch,
                    precision,
                    stage == Stage.ENCODER ? OptionalDouble.of(gigaflops) : OptionalDouble.empty(),
                    stages.work(stage, clip, file(folder, seconds), batch),
                    new ArrayList<>()));
          }
        }
      }
    }
    return running;
  }

  private void measure(List<Running> running, MatrixRate matrices)
      throws IOException, InterruptedException {
    matrices.measure();
    for (Running one : running) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      progress.accept("%s, %s s x %d".formatted(one.stage().word(), one.seconds(), one.batch()));
      one.milliseconds().add(Stopwatch.quickestMilliseconds(one.work()));
    }
  }

  private static SpeedCase trainingCase(Timings step) {
    return new SpeedCase(
        Stage.TRAINING_STEP,
        TrainingStep.SECONDS,
        TrainingStep.batch(),
        "fp32",
        step.dividedBy(TrainingStep.batch()),
        OptionalDouble.empty());
  }
}
