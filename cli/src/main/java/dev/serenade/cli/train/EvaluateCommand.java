package dev.serenade.cli.train;

import dev.serenade.cli.Version;
import dev.serenade.cli.config.ConfigOption;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.corpus.protocol.ProtocolException;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.training.experiment.CrossValidation;
import dev.serenade.training.experiment.FeatureOrigin;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.store.Augmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
      "Measures accuracy on labelled clips. With --protocol, trains on some speakers and tests on"
          + " others, fold by fold; with --model, scores a finished model."
    },
    customSynopsis =
        "serenade evaluate (--manifest=FILE... | --corpus=NAME --root=DIR) (--protocol=RULE | --model=FILE) --report=DIR [OPTION...]",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade evaluate --manifest calls.csv --protocol speaker-folds:5 \\",
      "      --report out/",
      "  serenade evaluate --corpus emodb --root EMODB/ --layer 3 \\",
      "      --protocol leave-one-speaker-out --report out/",
      "  serenade evaluate --manifest calls.csv --model mine.serenade --report out/",
      "",
      "The folder gets report.html, results.json, predictions.csv, tables, figures,",
      "and config.yaml, with which evaluate --config does it again."
    })
public final class EvaluateCommand implements Callable<Integer> {

  /** Says, in the report's folder, what it was made with. */
  private static final String CONFIG_FILE = "config.yaml";

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--protocol",
      paramLabel = "RULE",
      description =
          "Who is tested: leave-one-speaker-out, speaker-folds:K, session-folds, emobox:FOLDER (with"
              + " its lists), paper (its folds of ShEMO and IEMOCAP), or given (by the column split)."
              + " Speakers are never on both sides, unless EmoBox's lists have them there.")
  private Optional<String> protocolName = Optional.empty();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description =
          "A finished model to score, or default: the one that comes with Serenade. Options of"
              + " encoder and training are of no effect then.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the report; an earlier report there is replaced.")
  private Path report = Path.of("");

  @Mixin private EncoderOptions encoder = new EncoderOptions();
  @Mixin private AugmentOptions augment = new AugmentOptions();
  @Mixin private ConfigOption config = new ConfigOption();
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
    if (model.isPresent()) {
      ModelScoring scoring = new ModelScoring(model.get(), encoder.threads(), terminal);
      requireWritable();
      int exitCode = scoring.run(corpus.read(terminal), report);
      config.write(report.resolve(CONFIG_FILE));
      return exitCode;
    }
    Protocol protocol = protocol(protocolName.orElseThrow());
    Recipe recipe = recipeOptions.recipe();
    Augmentation augmentation = augment.augmentation(recipe.settings().seed());
    requireWritable();
    int exitCode = crossValidate(protocol, recipe, augmentation);
    config.write(report.resolve(CONFIG_FILE));
    return exitCode;
  }

  /** Finds out before hours of work, not after. */
  private void requireWritable() throws CannotRunException {
    try {
      Files.createDirectories(report);
    } catch (IOException e) {
      throw new CannotRunException("cannot make the folder of the report: " + e, e);
    }
    if (!Files.isWritable(report)) {
      throw new CannotRunException("cannot write into %s".formatted(report));
    }
  }

  private Protocol protocol(String name) throws CannotRunException {
    try {
      Protocol protocol = Protocol.parse(name);
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

  private int crossValidate(Protocol protocol, Recipe recipe, Augmentation augmentation)
      throws CannotRunException, InterruptedException {
    CorpusOptions.Source source = corpus.read(terminal);
    List<Fold> folds = folds(protocol, source.corpus(), recipe);
    try (Preparation prepared = Preparation.of(source, encoder, augmentation, terminal)) {
      List<FoldResult> results = results(prepared, recipe, folds);
      FeatureOrigin origin = prepared.origin();
      Map<String, String> details = new LinkedHashMap<>();
      details.put("encoder", origin.identity().name());
      details.put("encoderSha256", origin.identity().sha256());
      details.put("window", origin.window().toString());
      String layer = prepared.extracted().fusion().text();
      details.put("layer", layer);
      details.putAll(recipe.toMap());
      details.put("augmentation", augmentation.toString());
      new EvaluationReport(
              "%s, layer %s, %s"
                  .formatted(origin.identity().name(), layer, recipe.pooling().kind()),
              protocol.name(),
              protocol.speakersShared() ? List.of(protocol.statement()) : List.of(),
              results,
              details,
              recipe.settings().seed())
          .write(source, report, terminal);
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

  private List<FoldResult> results(Preparation prepared, Recipe recipe, List<Fold> folds)
      throws CannotRunException, InterruptedException {
    FoldLines lines = new FoldLines(terminal, folds.size());
    try {
      return new CrossValidation(
              recipe, prepared.extracted(), prepared.classes(), encoder.threads())
          .run(folds, lines);
    } catch (IllegalArgumentException e) {
      throw new CannotRunException(e);
    } finally {
      lines.end();
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
