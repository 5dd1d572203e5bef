package dev.serenade.cli.train;

import dev.serenade.cli.config.ConfigOption;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.OutputFolder;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.cli.recognizer.SpeedOptions;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.EmoBoxFolds;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.GridSummary;
import dev.serenade.recognition.Speed;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.store.Augmentation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
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
      "Measures accuracy on labelled clips.",
      "",
      "With --protocol, trains on some speakers and tests on others, fold by fold; with"
          + " --model, scores a finished model."
    },
    customSynopsis = {
      "serenade evaluate (--manifest=FILE... | --corpus=NAME --root=DIR)",
      "                         (--protocol=RULE | --model=FILE)",
      "                         --report=DIR [OPTION...]"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade evaluate --manifest calls.csv --protocol speaker-folds:5 \\",
      "      --report out/",
      "  serenade evaluate --corpus emodb --root EMODB/ --layer 3 \\",
      "      --protocol leave-one-speaker-out --report out/",
      "  serenade evaluate --manifest calls.csv --model mine.serenade --report out/ \\",
      "      --explanations 40",
      "  serenade evaluate --corpus emodb --root EMODB/ --protocol emobox:data/emodb \\",
      "      --preset emobox --leakage-gap --report out/",
      "  serenade evaluate --manifest calls.csv --protocol speaker-folds:5 \\",
      "      --report out/ --poolings mean,attentive,qkv --layers all",
      "  serenade evaluate --manifest calls.csv --protocol speaker-folds:5 \\",
      "      --report out/ --modality both --encoder whisper-small --language en",
      "",
      "The folder gets report.html, results.json, predictions.csv, tables, figures, and config.yaml,"
          + " with which evaluate --config does it again. A run that was stopped goes on where it was"
          + " when the same command is given again."
    })
public final class EvaluateCommand implements Callable<Integer> {

  /** Says, in the report's folder, what it was made with. */
  private static final String CONFIG_FILE = "config.yaml";

  private final Terminal terminal;
  private final PublishedGrid published;
  private final Consumer<GridSummary> whenGridIsDone;

  @Spec private CommandSpec spec;

  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = "--protocol",
      paramLabel = "RULE",
      description =
          "Who is tested: leave-one-speaker-out, speaker-folds:K, session-folds, emobox:FOLDER (with"
              + " its lists), paper (its folds of ShEMO and IEMOCAP), or given (by the column split)."
              + " Speakers are never on both sides, unless EmoBox's lists have them there."
              + " as-released, or as-released:RULE, does what the paper's code does: its numbers are"
              + " too good.")
  private Optional<String> protocolName = Optional.empty();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description =
          "A finished model to score, or default: the one that comes with Serenade. Options of"
              + " encoder and training are of no effect then.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--explanations",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "With --model: test on N clips whether attention and occlusion name what the scores depend"
              + " on; a clip takes a hundred times as long as to score it (default:"
              + " ${DEFAULT-VALUE}).")
  private int explanations;

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the report; an earlier report there is replaced.")
  private Path report = Path.of("");

  @Option(
      names = "--leakage-gap",
      description =
          "With emobox:FOLDER, evaluate with speakers apart too, and say how much better the recipe"
              + " looks where EmoBox's lists have speakers in training and test. What is finished is"
              + " not done again.")
  private boolean leakageGap;

  @Mixin private ModalityOptions modality = new ModalityOptions();
  @Mixin private GridOptions grid = new GridOptions();
  @Mixin private EncoderOptions encoder = new EncoderOptions();
  @Mixin private SpeedOptions speed = new SpeedOptions();
  @Mixin private AugmentOptions augment = new AugmentOptions();
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private RecipeOptions recipeOptions = new RecipeOptions();
  @Mixin private InitOption init = new InitOption();

  /** Makes the command. */
  public EvaluateCommand(Terminal terminal) {
    this(terminal, PublishedGrid.NONE, summary -> {});
  }

  /**
   * Makes a command whose grid stands beside published numbers.
   *
   * @param published what a paper printed for the runs of the grid
   * @param whenGridIsDone is given the grid's numbers once its report is written
   */
  public EvaluateCommand(
      Terminal terminal, PublishedGrid published, Consumer<GridSummary> whenGridIsDone) {
    this.terminal = terminal;
    this.published = published;
    this.whenGridIsDone = whenGridIsDone;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    if (model.isPresent() == protocolName.isPresent()) {
      throw usage("expected either --protocol or --model");
    }
    if (model.isPresent()) {
      modality.checkFinished();
      if (grid.isGiven()) {
        throw usage("--layers and --poolings need --protocol: a finished model has its own");
      }
      if (leakageGap) {
        throw usage("--leakage-gap needs --protocol: a finished model is not trained");
      }
      if (explanations < 0) {
        throw usage("--explanations: expected 0 clips or more, found " + explanations);
      }
      ModelScoring scoring =
          new ModelScoring(
              model.get(),
              modality.whisper(),
              speed.speed(),
              encoder.threads(),
              explanations,
              terminal);
      OutputFolder.requireWritable(report);
      int exitCode = scoring.run(corpus.read(terminal), report);
      config.write(report.resolve(CONFIG_FILE));
      return exitCode;
    }
    modality.check();
    if (!speed.speed().equals(Speed.ACCURATE)) {
      throw usage("--speed and --precision need --model: heads are trained on exact states");
    }
    if (explanations != 0) {
      throw usage("--explanations needs --model: it listens to the recordings anew");
    }
    Protocol protocol = protocol(protocolName.orElseThrow());
    boolean asReleased = protocol.choosesOnTest();
    if (leakageGap && (grid.isGiven() || !(protocol instanceof EmoBoxFolds))) {
      throw usage("--leakage-gap needs --protocol emobox:FOLDER, and one pooling and layer");
    }
    requireModality(asReleased);
    if (asReleased) {
      encoder.defaultToPadded();
      terminal.errorLine(protocol.statement());
    }
    List<Recipe> recipes = recipes(asReleased);
    Augmentation augmentation = augment.augmentation(recipes.get(0).settings().seed());
    OutputFolder.requireWritable(report);
    int exitCode = evaluate(protocol, recipes, augmentation);
    config.write(report.resolve(CONFIG_FILE));
    return exitCode;
  }

  private int evaluate(Protocol protocol, List<Recipe> recipes, Augmentation augmentation)
      throws CannotRunException, InterruptedException {
    return switch (modality.modality()) {
      case TEXT -> evaluateText(protocol, recipes.get(0), augmentation);
      case BOTH -> evaluateBoth(protocol, recipes.get(0), recipes.get(1), augmentation);
      case AUDIO ->
          grid.isGiven()
              ? evaluateGrid(protocol, recipes, augmentation)
              : crossValidate(protocol, recipes.get(0), augmentation);
    };
  }

  /** Refuses what is there for heads that read the encoder alone. */
  private void requireModality(boolean asReleased) {
    if (!modality.readsText()) {
      return;
    }
    if (grid.isGiven() || leakageGap || init.isGiven()) {
      throw usage("--layers, --poolings, --leakage-gap and --init need --modality audio");
    }
    if (asReleased && modality.modality() == ModalityOptions.Modality.BOTH) {
      throw usage(
          "--modality both: as released, nobody is held out on whom the weights could be chosen");
    }
  }

  /** Returns the rows of a grid; or the recipe of the text; or that of the audio and the text's. */
  private List<Recipe> recipes(boolean asReleased) {
    List<Recipe> recipes =
        recipeOptions.recipes(
            switch (modality.modality()) {
              case AUDIO -> grid.poolings(recipeOptions.pooling());
              case TEXT -> List.of(modality.textPooling());
              case BOTH -> List.of(recipeOptions.pooling(), modality.textPooling());
            });
    return asReleased ? recipes.stream().map(recipeOptions::asReleased).toList() : recipes;
  }

  private Protocol protocol(String name) throws CannotRunException {
    try {
      return Protocol.parse(name);
    } catch (IllegalArgumentException e) {
      throw usage("--protocol: " + e.getMessage());
    } catch (IOException | ManifestFormatException e) {
      throw new CannotRunException(e);
    }
  }

  private int crossValidate(Protocol protocol, Recipe recipe, Augmentation augmentation)
      throws CannotRunException, InterruptedException {
    CorpusOptions.Source source = corpus.read(terminal);
    RecipeEvaluation.folds(protocol, source, recipe);
    try (Preparation prepared =
        Preparation.of(source, encoder, recipe, augmentation, init.read(), terminal)) {
      RecipeEvaluation evaluation =
          new RecipeEvaluation(prepared, protocol, recipe, prepared.extracted().fusion());
      if (leakageGap && protocol instanceof EmoBoxFolds folds) {
        EvaluationRun run = evaluation.runOnce(report, encoder.threads(), terminal);
        evaluation.about().print(run, report, terminal);
        new LeakageRun(encoder.threads(), terminal).run(evaluation, folds, run, report);
        return prepared.isComplete() ? ExitCode.DONE : ExitCode.SOME_FAILED;
      }
      CheckpointFolder checkpoints = CheckpointFolder.within(report);
      evaluation
          .about()
          .write(evaluation.run(encoder.threads(), checkpoints, terminal), report, terminal);
      checkpoints.delete(terminal);
      return prepared.isComplete() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  private int evaluateText(Protocol protocol, Recipe recipe, Augmentation augmentation)
      throws CannotRunException, InterruptedException {
    CorpusOptions.Source source = corpus.read(terminal);
    RecipeEvaluation.folds(protocol, source, recipe);
    Preparation.requireClasses(source.corpus());
    TextEvaluation text =
        text(
            source,
            source.corpus().utterances(),
            modality.open(encoder, recipe),
            protocol,
            recipe,
            augmentation);
    CheckpointFolder checkpoints = CheckpointFolder.within(report);
    text.about()
        .write(
            text.trainings().run(encoder.threads(), checkpoints, terminal).stream()
                .map(fold -> fold.result().withoutAttention())
                .toList(),
            report,
            terminal);
    checkpoints.delete(terminal);
    return text.extracted().failed().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
  }

  private int evaluateBoth(
      Protocol protocol, Recipe audioRecipe, Recipe textRecipe, Augmentation augmentation)
      throws CannotRunException, InterruptedException {
    CorpusOptions.Source source = corpus.read(terminal);
    RecipeEvaluation.folds(protocol, source, audioRecipe);
    OpenDecoder decoder = modality.open(encoder, textRecipe);
    try (Preparation prepared =
        Preparation.of(source, encoder, audioRecipe, augmentation, Optional.empty(), terminal)) {
      List<Utterance> heard = prepared.extracted().clips();
      TextEvaluation text = text(source, heard, decoder, protocol, textRecipe, augmentation);
      RecipeEvaluation audio =
          new RecipeEvaluation(prepared, protocol, audioRecipe, prepared.extracted().fusion());
      new ModalityRun(encoder.threads(), terminal).run(audio, text, report);
      boolean complete = prepared.isComplete() && text.extracted().failed().isEmpty();
      return complete ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  private TextEvaluation text(
      CorpusOptions.Source source,
      List<Utterance> clips,
      OpenDecoder decoder,
      Protocol protocol,
      Recipe recipe,
      Augmentation augmentation)
      throws CannotRunException, InterruptedException {
    return TextEvaluation.of(
        source, clips, encoder, decoder, protocol, recipe, augmentation, terminal);
  }

  private int evaluateGrid(Protocol protocol, List<Recipe> recipes, Augmentation augmentation)
      throws CannotRunException, InterruptedException {
    CorpusOptions.Source source = corpus.read(terminal);
    RecipeEvaluation.folds(protocol, source, recipes.get(0));
    try (Preparation prepared =
        Preparation.of(
            source,
            encoder,
            opened -> gridLayers(opened, recipes),
            recipes,
            augmentation,
            init.read(),
            terminal)) {
      List<LayerFusion> fusions = List.copyOf(prepared.byFusion().keySet());
      GridRun run = new GridRun(prepared, protocol, published, encoder.threads(), terminal);
      whenGridIsDone.accept(run.run(recipes, fusions, report));
      return prepared.isComplete() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  private List<LayerFusion> gridLayers(OpenEncoder opened, List<Recipe> recipes) {
    LayerFusion single = encoder.layers(opened, recipes.get(0));
    List<LayerFusion> fusions = grid.layers(opened.blocks(), single);
    try {
      fusions.forEach(
          fusion -> recipes.forEach(r -> r.check(fusion, opened.identity().config().width())));
    } catch (IllegalArgumentException e) {
      throw usage("--layers: " + e.getMessage());
    }
    return fusions;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
