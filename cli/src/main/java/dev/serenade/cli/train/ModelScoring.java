package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.corpus.ClipLines;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.cli.corpus.SeenClips;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.cli.recognizer.NamedWhisper;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.explanation.ExplanationTest;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.Speed;
import dev.serenade.recognition.explanation.PooledStates;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.training.experiment.ExplanationEvaluation;
import dev.serenade.training.experiment.HeldOutSummary;
import dev.serenade.training.experiment.ModelEvaluation;
import dev.serenade.training.store.FailedClip;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Scores a finished model on a corpus.
 *
 * @param model the name of its file, or {@value NamedModel#DEFAULT} for the one that comes with
 *     Serenade
 * @param whisper for a model that goes by words
 * @param speed how much accuracy may be given for speed
 * @param threads how many clips to work on at once
 * @param explanations how many clips to test the model's explanations on; 0 for none
 */
public record ModelScoring(
    String model,
    NamedWhisper whisper,
    Speed speed,
    int threads,
    int explanations,
    Terminal terminal) {

  /** There is one fold, as nothing is trained. */
  private static final String FOLD = "all";

  /** Of the intervals, and of what explanations are tested on. */
  private static final long SEED = 0;

  // Several clips at once, each on one thread, waste least.
  private static final SessionSettings SETTINGS = new SessionSettings(1);

  /** Scores, writes the report and returns the exit code. */
  public int run(CorpusOptions.Source source, Path report)
      throws CannotRunException, InterruptedException {
    try (EmotionRecognizer recognizer = load()) {
      List<Utterance> clips = known(source.corpus(), recognizer.labels());
      ModelEvaluation evaluation = score(recognizer, clips);
      Optional<ExplanationTest> explanation =
          explanations == 0 ? Optional.empty() : explain(recognizer, clips);
      Map<String, String> details = new LinkedHashMap<>();
      details.put("model", model);
      if (!speed.equals(Speed.ACCURATE)) {
        details.put("speed", speed.toString());
      }
      recognizer.model().provenance().forEach((name, value) -> details.put("model." + name, value));
      FoldResult result =
          new FoldResult(
              FOLD,
              Predictions.of(evaluation.predictions()),
              List.of(),
              OptionalInt.empty(),
              evaluation.attention(),
              Optional.empty(),
              recognizer.model().heldOut().map(HeldOutSummary::thresholds));
      new EvaluationReport(
              source,
              "model " + model,
              "finished model",
              SeenClips.caveats("The model", source, recognizer.model().provenance()),
              details,
              SEED)
          .explainedBy(explanation)
          .write(List.of(result), report, terminal);
      return evaluation.failed().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  /** Loads the model. */
  public EmotionRecognizer load() throws CannotRunException {
    RecognizerSettings settings = new RecognizerSettings(SETTINGS, speed);
    EmotionRecognizer recognizer = load(settings);
    try {
      whisper.requireUse(recognizer.model());
      return recognizer;
    } catch (CannotRunException e) {
      recognizer.close();
      throw e;
    }
  }

  private EmotionRecognizer load(RecognizerSettings settings) throws CannotRunException {
    try {
      return model.equals(NamedModel.DEFAULT)
          ? EmotionRecognizer.loadDefault(settings)
          : EmotionRecognizer.load(Path.of(model), whisper.locator(), settings);
    } catch (IOException e) {
      throw new CannotRunException("cannot load the model: " + e.getMessage(), e);
    }
  }

  private PooledStates takeApart() throws CannotRunException {
    try (EmotionModel whole = NamedModel.read(model, whisper.locator())) {
      return PooledStates.of(whole, SETTINGS);
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("--explanations: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CannotRunException("cannot load the model: " + e.getMessage(), e);
    }
  }

  private Optional<ExplanationTest> explain(EmotionRecognizer recognizer, List<Utterance> clips)
      throws CannotRunException, InterruptedException {
    ProgressLine progress = new ProgressLine(terminal, true, Math.min(explanations, clips.size()));
    try (PooledStates states = takeApart()) {
      return new ExplanationEvaluation(recognizer, states, SEED)
          .run(
              clips,
              explanations,
              threads,
              done -> progress.show(done, "clips whose explanations are tested"));
    } finally {
      progress.erase();
    }
  }

  /** Returns the clips whose emotions the model knows, and says how many others there are. */
  public List<Utterance> known(Corpus whole, List<String> labels) throws CannotRunException {
    Set<Emotion> emotions =
        labels.stream().map(Emotion::of).collect(Collectors.toCollection(LinkedHashSet::new));
    Corpus part = whole.restrictedTo(emotions);
    if (part.utterances().isEmpty()) {
      throw new CannotRunException(
          "the model knows %s; the clips are %s"
              .formatted(String.join(", ", labels), ClipLines.names(whole.emotions())));
    }
    int unknown = whole.utterances().size() - part.utterances().size();
    if (unknown > 0) {
      terminal.errorLine(
          "%d clips are left out, as the model knows only %s"
              .formatted(unknown, String.join(", ", labels)));
    }
    return part.utterances();
  }

  private ModelEvaluation score(EmotionRecognizer recognizer, List<Utterance> clips)
      throws CannotRunException, InterruptedException {
    ProgressLine progress = new ProgressLine(terminal, true, clips.size());
    ModelEvaluation evaluation;
    try {
      evaluation =
          ModelEvaluation.of(
              recognizer, clips, FOLD, threads, done -> progress.show(done, "clips"));
    } finally {
      progress.erase();
    }
    ClipLines.list(
        "failed", evaluation.failed().stream().map(FailedClip::reason).toList(), terminal);
    if (evaluation.predictions().isEmpty()) {
      throw new CannotRunException("no clip could be scored");
    }
    return evaluation;
  }
}
