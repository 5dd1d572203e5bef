package dev.serenade.cli.models;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.report.Report;
import dev.serenade.evaluation.report.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a model card. */
@Command(
    name = "card",
    description = {
      "Writes a model card.",
      "",
      "It has data and their licences, classes, accuracy with intervals, calibration,"
          + " fairness, stress tests, intended use and limits. What no report says is called"
          + " not measured."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade models card --model mine.serenade --evaluation out/ \\",
      "      --output mine.card.md",
      "  serenade models card --model default --evaluation within/ --stress stress/ \\",
      "      --output card.html",
      "",
      "The reports are those of evaluate, on clips that the model was not trained on, or of its"
          + " recipe by cross-validation, and of stress."
    })
final class ModelsCardCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = "The model, or default: the one that comes with Serenade.")
  private String model = NamedModel.DEFAULT;

  @Option(
      names = "--evaluation",
      paramLabel = "DIR",
      description = "The folder of a report of evaluate; repeatable.")
  private List<Path> evaluations = List.of();

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "The manifest of clips in these reports, for recall by sex of the speaker; repeatable.")
  private List<Path> manifests = List.of();

  @Option(
      names = "--stress",
      paramLabel = "DIR",
      description = "The folder of a report of stress tests.")
  private Optional<Path> stress = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write it: Markdown, as Hugging Face wants it, or a page if the name ends in .html"
              + " (default: Markdown to stdout).")
  private Optional<Path> output = Optional.empty();

  ModelsCardCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    ModelCard card = card();
    if (output.isEmpty()) {
      PrintWriter out = terminal.outWriter();
      out.print(card.markdown());
      out.flush();
      return ExitCode.DONE;
    }
    Path file = output.get();
    try {
      Files.writeString(file, file.toString().endsWith(".html") ? card.html() : card.markdown());
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(file, e), e);
    }
    terminal.errorLine("card: " + file);
    return ExitCode.DONE;
  }

  private ModelCard card() throws CannotRunException {
    try {
      List<RunSummary> runs = new ArrayList<>();
      for (Path folder : evaluations) {
        runs.add(RunSummary.of(Report.read(folder)));
      }
      Optional<StressResults> stressed =
          stress.isPresent() ? Optional.of(StressResults.read(stress.get())) : Optional.empty();
      return ModelCard.of(
          new CardFacts(
              name(), NamedModel.describe(model), Optional.empty(), runs, sexes(), stressed));
    } catch (NoSuchFileException e) {
      throw new CannotRunException("no file " + e.getFile(), e);
    } catch (IOException | ManifestFormatException e) {
      throw new CannotRunException(e);
    }
  }

  private String name() {
    return model.equals(NamedModel.DEFAULT)
        ? "Serenade's default model"
        : String.valueOf(Path.of(model).getFileName());
  }

  /** Returns the sex of the speaker by clip, as clips are named alone and when pooled. */
  private Map<String, String> sexes() throws IOException, ManifestFormatException {
    Map<String, String> sexes = new HashMap<>();
    for (Path manifest : manifests) {
      Corpus corpus = Manifest.read(manifest);
      for (Utterance clip : corpus.utterances()) {
        clip.sex()
            .ifPresent(
                sex -> {
                  sexes.put(clip.name(), sex);
                  sexes.put(corpus.name() + "/" + clip.name(), sex);
                });
      }
    }
    return sexes;
  }
}
