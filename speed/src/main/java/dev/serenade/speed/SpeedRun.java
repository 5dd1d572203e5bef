package dev.serenade.speed;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.EncoderWork;
import dev.serenade.whisper.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Measures a model.
 *
 * <p>Every case is measured once a round, so that no case has all of a bad moment, and the
 * machine's matrix rate beside them, before, between and after; beside each case of the encoder,
 * for as long as that case takes.
 */
public final class SpeedRun {

  /** Stages of recognition. */
  private static final List<Stage> STAGES =
      List.of(Stage.DECODE, Stage.FRONT_END, Stage.ENCODER, Stage.HEAD, Stage.TOTAL);

  /**
   * A case, and what was measured of it.
   *
   * @param gigaflops the encoder's work on a clip
   */
  private record Running(
      Stage stage,
      double seconds,
      int batch,
      Precision precision,
      double gigaflops,
      Stopwatch.Work work,
      List<Double> milliseconds,
      List<Double> matrixRates) {

    void measure(MatrixRate matrices) throws IOException {
      milliseconds.add(Stopwatch.quickestMilliseconds(work));
      if (stage == Stage.ENCODER) {
        matrixRates.add(matrices.over(batch * gigaflops));
      }
    }

    SpeedCase finished() {
      return new SpeedCase(
          stage,
          seconds,
          batch,
          precision,
          new Timings(milliseconds).dividedBy(batch),
          matrixRates.stream()
              .max(Comparator.naturalOrder())
              .map(best -> new EncoderRate(gigaflops, best)));
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
        settings.seconds().size()
            * settings.batches().size()
            * settings.precisions().size()
            * STAGES.size();
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
    double longest = subject.longestSeconds();
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
    for (double seconds : settings.seconds()) {
      Files.write(file(folder, seconds), SpeechClips.wav(speech.ofSeconds(seconds)));
    }
    // Before the other sessions, which a user does not have, are opened.
    long peak = peakOfRecognition();
    List<SpeedCase> cases = new ArrayList<>();
    double rate;
    List<ModelStages> opened = new ArrayList<>();
    try (MatrixRate matrices = new MatrixRate(settings.session())) {
      List<Running> running = new ArrayList<>();
      for (Precision precision : settings.precisions()) {
        ModelStages stages = ModelStages.of(model, precision, settings.session());
        opened.add(stages);
        running.addAll(running(stages, precision));
      }
      for (int round = 0; round < settings.rounds(); round++) {
        measure(running, matrices);
      }
      matrices.measure();
      rate = matrices.gigaflops();
      running.forEach(one -> cases.add(one.finished()));
    } finally {
      opened.forEach(ModelStages::close);
    }
    progress.accept("training step");
    Optional<Timings> step =
        TrainingStep.measure(
            model.encoder().config(), settings.session().threads(), settings.rounds());
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

  /** Hears the longest clip in the largest batch, and in the first precision. */
  private long peakOfRecognition() throws IOException {
    double longest = settings.seconds().stream().mapToDouble(s -> s).max().orElseThrow();
    int most = settings.batches().stream().mapToInt(batch -> batch).max().orElseThrow();
    try (EmotionRecognizer whole =
        EmotionRecognizer.of(
            subject.model(),
            ModelStages.recogniser(settings.precisions().get(0), settings.session()))) {
      whole.recognize(Collections.nCopies(most, speech.ofSeconds(longest)));
      return ResidentMemory.peakBytes();
    }
  }

  private List<Running> running(ModelStages stages, Precision precision) throws IOException {
    EmotionModel model = subject.model();
    List<Running> running = new ArrayList<>();
    for (double seconds : settings.seconds()) {
      Waveform clip = speech.ofSeconds(seconds);
      double gigaflops =
          EncoderWork.of(
                  model.encoder(),
                  model.description().window(),
                  subject.lastLayer(),
                  EncoderVariant.EXACT.withPrecision(precision),
                  clip.length())
              .gigaflops();
      for (int batch : settings.batches()) {
        for (Stage stage : STAGES) {
          running.add(
              new Running(
                  stage,
                  seconds,
                  batch,
                  precision,
                  gigaflops,
                  stages.work(stage, clip, file(folder, seconds), batch),
                  new ArrayList<>(),
                  new ArrayList<>()));
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
      one.measure(matrices);
    }
  }

  private static SpeedCase trainingCase(Timings step) {
    return new SpeedCase(
        Stage.TRAINING_STEP,
        TrainingStep.SECONDS,
        TrainingStep.batch(),
        Precision.FP32,
        step.dividedBy(TrainingStep.batch()),
        Optional.empty());
  }
}
