package dev.serenade.cli.train;

import dev.serenade.cli.config.ConfigOption;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.cli.models.CardFacts;
import dev.serenade.cli.models.ModelCard;
import dev.serenade.cli.models.TrainingData;
import dev.serenade.corpus.Corpus;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.training.experiment.Circumstances;
import dev.serenade.training.experiment.ModelTraining;
import dev.serenade.training.experiment.PretrainedHead;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.store.Augmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** Trains a model on labelled clips. */
@Command(
    name = "train",
    description = "Trains a model on labelled clips, on the CPU.",
    customSynopsis = {
      "serenade train (--manifest=FILE... | --corpus=NAME --root=DIR)",
      "                      --out=FILE [OPTION...]"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade train --manifest calls.csv --out calls.serenade",
      "  serenade train --corpus ravdess --root RAVDESS/ --out ravdess.serenade",
      "  serenade train --manifest a.csv --manifest b.csv --emotions angry,neutral \\",
      "      --encoder whisper-small --layer 8 --out both.serenade",
      "  serenade predict recordings/ --model calls.serenade",
      "  serenade train --manifest few.csv --init calls.serenade --out more.serenade",
      "  serenade train --manifest calls.csv --modality both --language en \\",
      "      --out words.serenade",
      "",
      "The encoder's work is kept, so another run on the same clips takes seconds. A run that was"
          + " stopped goes on where it was when the same command is given again.",
      "",
      "Beside the model, FILE.config.yaml keeps what it was trained with; train --config does it"
          + " again. FILE.card.md is its model card, to be completed by serenade models card."
    })
public final class TrainCommand implements Callable<Integer> {

  private static final String WHISPER_LICENCE = "Whisper encoder weights: MIT, OpenAI.";

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "The model file to write (*.serenade).")
  private Path out = Path.of("");

  @Option(
      names = "--without-encoder",
      description =
          "Leave the encoder out of the model file, which becomes small but needs the encoder's folder"
              + " to run.")
  private boolean withoutEncoder;

  @Option(
      names = "--licence",
      paramLabel = "TEXT",
      description = "A sentence for the model file on the licence of the clips; repeatable.")
  private List<String> licences = List.of();

  @Mixin private EncoderOptions encoder = new EncoderOptions();
  @Mixin private AugmentOptions augment = new AugmentOptions();
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private RecipeOptions recipeOptions = new RecipeOptions();
  @Mixin private ModalityOptions modality = new ModalityOptions();
  @Mixin private InitOption init = new InitOption();

  /** Makes the command. */
  public TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    requireModality();
    List<Recipe> recipes =
        recipeOptions.recipes(
            modality.readsText()
                ? List.of(recipeOptions.pooling(), modality.textPooling())
                : List.of(recipeOptions.pooling()));
    Recipe recipe = recipes.get(0);
    Augmentation augmentation = augment.augmentation(recipe.settings().seed());
    requireWritable();
    CorpusOptions.Source source = corpus.read(terminal);
    requireTwoSpeakers(source.corpus());
    Optional<PretrainedHead> start = init.read();
    Optional<OpenDecoder> decoder =
        modality.readsText()
            ? Optional.of(modality.open(encoder, recipes.get(1)))
            : Optional.empty();
    try (Preparation prepared =
        Preparation.of(source, encoder, recipe, augmentation, start, terminal)) {
      if (decoder.isEmpty()) {
        finish(TrainedModel.of(train(prepared, recipe)));
        return prepared.isComplete() ? ExitCode.DONE : ExitCode.SOME_FAILED;
      }
      FusedTrainingRun run =
          FusedTrainingRun.of(
              prepared,
              encoder,
              decoder.get(),
              recipes,
              provenance(prepared),
              licences(),
              terminal);
      finish(run.train(encoder.threads(), CheckpointFolder.beside(out)));
      return run.isComplete() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  /** A model that cannot hear tone would be a text classifier, of which there are better ones. */
  private void requireModality() {
    modality.check();
    if (modality.modality() == ModalityOptions.Modality.TEXT) {
      throw modality.usage(
          "--modality text: a model goes by the sound, alone or with words: expected audio or both;"
              + " evaluate --modality text tells what words alone are worth");
    }
    if (modality.readsText() && init.isGiven()) {
      throw modality.usage(
          "--init needs --modality audio: only the sound's head could start from it");
    }
  }

  private void finish(TrainedModel trained) throws CannotRunException {
    write(trained);
    writeCard(trained);
    config.writeBeside(out);
    CheckpointFolder.beside(out).delete(terminal);
    terminal.outWriter().println(out + ": " + trained.summary());
  }

  /** Finds out before hours of work, not after. */
  private void requireWritable() throws CannotRunException {
    Path folder = out.toAbsolutePath().getParent();
    if (Files.isDirectory(out)) {
      throw new ParameterException(
          spec.commandLine(), "--out: expected a file, found the folder " + out);
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new CannotRunException("cannot write %s: no writable folder there".formatted(out));
    }
  }

  private static void requireTwoSpeakers(Corpus corpus) throws CannotRunException {
    if (corpus.speakers().size() < 2) {
      throw new CannotRunException(
          "%s: expected clips of two speakers or more, as one is held out to choose the epoch, found only %s"
              .formatted(corpus.name(), String.join(", ", corpus.speakers())));
    }
  }

  private Map<String, String> provenance(Preparation prepared) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("serenade", Version.number());
    provenance.putAll(prepared.source().manifests());
    provenance.putAll(InitOption.provenance(prepared.start()));
    provenance.putAll(TrainingData.provenance(prepared.source().corpus()));
    return provenance;
  }

  private List<String> licences() {
    List<String> all = new ArrayList<>(List.of(WHISPER_LICENCE));
    all.addAll(licences);
    return all;
  }

  private ModelTraining train(Preparation prepared, Recipe recipe)
      throws CannotRunException, InterruptedException {
    EpochLines epochs = new EpochLines(terminal, recipe.settings().epochs());
    try {
      return ModelTraining.train(
          recipe,
          prepared.source().corpus(),
          prepared.extracted(),
          prepared.origin(),
          provenance(prepared),
          licences(),
          encoder.threads(),
          Circumstances.ORDINARY
              .startingFrom(prepared.start())
              .keptIn(CheckpointFolder.beside(out).checkpoints()),
          epochs);
    } catch (IllegalArgumentException e) {
      throw new CannotRunException(e);
    } finally {
      epochs.end();
    }
  }

  private void write(TrainedModel trained) throws CannotRunException {
    try {
      ModelFile.write(trained.model(), !withoutEncoder, out);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(out, e), e);
    }
  }

  private void writeCard(TrainedModel trained) throws CannotRunException {
    CardFacts facts =
        new CardFacts(
            String.valueOf(out.getFileName()), trained.model().description(), trained.training());
    Path card = Path.of(out + ".card.md");
    try {
      Files.writeString(card, ModelCard.of(facts).markdown());
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(card, e), e);
    }
  }
}
