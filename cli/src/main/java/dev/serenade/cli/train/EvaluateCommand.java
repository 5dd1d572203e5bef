package dev.serenade.cli.train;

import dev.serenade.cli.Version;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.corpus.protocol.ProtocolException;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.evaluation.report.Report;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.training.experiment.CrossValidation;
import dev.serenade.training.experiment.ModelEvaluation;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how well a recipe, or a finished model, does on a corpus. */
@Command(
    name = "evaluate",
    description = {
      "Cross-validates: trains on some speakers and tests on others, fold by fold.",
      "With --model, scores a finished model instead."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade evaluate --corpus emodb --root EMODB/ --protocol leave-one-speaker-out --report out/",
      "  serenade evaluate --manifest calls.csv --protocol speaker-folds:5 --report out/",
      "  serenade evaluate --manifest calls.csv --model mine.serenade --report out/",
      "",
      "The folder gets report.html, results.json, predictions.csv, tables and figures. The epoch is"
          + " chosen on speakers held out of training, never on the test speakers."
    })
public final class EvaluateCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--protocol",
      paramLabel = "RULE",
      description = "How to divide the corpus: " + Protocol.SYNTAX + ".")
  private Optional<String> protocolName = Optional.empty();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "A finished model to score; or default, the one that comes with Serenade.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the report; an earlier report there is replaced.")
  private Path report = Path.of("");

  @Mixin private EncoderOptions encoder = new EncoderOptions();
  @Mixin private RecipeOptions recipeOptions = new RecipeOptions();

  /** Makes the command. */
  public EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    if (model.isPresent() == protocolName.isPresent()) {
      throw usage("expected either --protocol or --model");
    }
    return model.isPresent() ? score(model.get()) : crossValidate(protocol());
  }

  private Protocol protocol() throws CannotRunException {
    try {
      Protocol protocol = Protocol.parse(protocolName.orElseThrow());
      if (protocol.choosesOnTest()) {
        throw usage("--protocol: %s is not available yet".formatted(protocol.name()));
      }
      return protocol;
    } catch (IllegalArgumentException e) {
      throw usage("--protocol: " + e.getMessage());
    } catch (IOException | ManifestFormatException e) {
      throw new CannotRunException(e);
    }
  }

  private int crossValidate(Protocol protocol) throws CannotRunException, InterruptedException {
    Recipe recipe = recipeOptions.recipe();
    try (Preparation prepared = Preparation.of(corpus, encoder, terminal)) {
      List<Fold> folds = folds(protocol, prepared.source().corpus(), recipe);
      FoldLines lines = new FoldLines(terminal, folds.size());
      List<FoldResult> results;
      try {
        results =
            new CrossValidation(recipe, prepared.extracted(), prepared.classes(), encoder.threads())
                .run(folds, lines);
      } catch (IllegalArgumentException e) {
        throw new CannotRunException(e);
      } finally {
        lines.end();
      }
      Map<String, String> provenance = new LinkedHashMap<>();
      provenance.put("encoder", prepared.identity().name());
      provenance.put("encoderSha256", prepared.identity().sha256());
      provenance.put("window", encoder.window().toString());
      provenance.put("layer", Integer.toString(prepared.layer()));
      provenance.putAll(recipe.toMap());
      write(
          prepared.source(),
          "%s, layer %d, %s"
              .formatted(prepared.identity().name(), prepared.layer(), recipe.pooling().kind()),
          protocol.name(),
          protocol.speakersShared() ? List.of(protocol.statement()) : List.of(),
          results,
          provenance,
          recipe.settings().seed());
      return prepared.isComplete() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  private static List<Fold> folds(Protocol protocol, Corpus corpus, Recipe recipe)
      throws CannotRunException {
    try {
      return protocol.folds(corpus, recipe.validationFraction(), recipe.settings().seed());
    } catch (ProtocolException e) {
      throw new CannotRunException(e);
    }
  }

  private int score(String file) throws CannotRunException, InterruptedException {
    CorpusOptions.Source source = Preparation.read(corpus, terminal);
    try (EmotionRecognizer recognizer = recognizer(file)) {
      List<Utterance> known = known(source.corpus(), recognizer.labels());
      ProgressLine progress = new ProgressLine(terminal, true, known.size());
      ModelEvaluation evaluation;
      try {
        evaluation =
            ModelEvaluation.of(
                recognizer, known, "all", encoder.threads(), done -> progress.show(done, "clips"));
      } finally {
        progress.erase();
      }
      evaluation.failed().forEach(clip -> terminal.error("failed: " + clip.reason()));
      if (evaluation.predictions().isEmpty()) {
        throw new CannotRunException("no clip could be scored");
      }
      Map<String, String> provenance = new LinkedHashMap<>();
      provenance.put("model", file);
      recognizer
          .model()
          .provenance()
          .forEach((name, value) -> provenance.put("model." + name, value));
      write(
          source,
          "model " + file,
          "finished model",
          caveats(source, recognizer),
          List.of(new FoldResult("all", Predictions.of(evaluation.predictions()))),
          provenance,
          0);
      return evaluation.failed().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  private EmotionRecognizer recognizer(String file) throws CannotRunException {
    // Several clips at once, each on one thread, waste least.
    SessionSettings settings = new SessionSettings(1);
    try {
      return file.equals("default")
          ? EmotionRecognizer.loadDefault(settings)
          : EmotionRecognizer.load(Path.of(file), settings);
    } catch (IOException e) {
      throw new CannotRunException("cannot load the model: " + e.getMessage(), e);
    }
  }

  private List<Utterance> known(Corpus whole, List<String> labels) throws CannotRunException {
    Set<Emotion> emotions =
        labels.stream().map(Emotion::of).collect(Collectors.toCollection(LinkedHashSet::new));
    Corpus part = whole.restrictedTo(emotions);
    int unknown = whole.utterances().size() - part.utterances().size();
    if (unknown > 0) {
      terminal.errorLine(
          "%d clips are left out, as the model knows only %s".formatted(unknown, labels));
    }
    if (part.utterances().isEmpty()) {
      throw new CannotRunException(
          "the model knows %s, the clips are %s".formatted(labels, whole.emotions()));
    }
    return part.utterances();
  }

  /** A model's own training clips say nothing about it. */
  private static List<String> caveats(CorpusOptions.Source source, EmotionRecognizer recognizer) {
    Set<String> trainedOn = Set.copyOf(recognizer.model().provenance().values());
    List<String> caveats = new ArrayList<>();
    for (Corpus part : source.parts()) {
      if (trainedOn.contains(part.manifestSha256())) {
        caveats.add(
            "The model was trained on clips of %s, so these numbers are no estimate of accuracy on new speakers."
                .formatted(part.name()));
      }
    }
    return caveats;
  }

  private void write(
      CorpusOptions.Source source,
      String subject,
      String protocol,
      List<String> caveats,
      List<FoldResult> results,
      Map<String, String> details,
      long seed)
      throws CannotRunException {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("serenade", Version.number());
    provenance.put("corpus", source.corpus().name());
    provenance.putAll(source.manifests());
    provenance.putAll(details);
    provenance.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    String title = source.corpus().name() + ": " + subject;
    try {
      Report.write(
          new EvaluationRun(title, protocol, caveats, results, List.of(), provenance, seed),
          report);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(report, e), e);
    }
    caveats.forEach(terminal::errorLine);
    ScoreTable.write(
        Predictions.concat(results.stream().map(FoldResult::predictions).toList()),
        source.parts().stream().map(Corpus::name).toList(),
        terminal.outWriter());
    terminal.errorLine("report: " + report.resolve("report.html"));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
