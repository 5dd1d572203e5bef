package dev.serenade.cli.reproduce;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.console.WordConverter;
import dev.serenade.cli.train.EvaluateCommand;
import dev.serenade.evaluation.report.GridSummary;
import dev.serenade.evaluation.report.OverviewReport;
import dev.serenade.recognition.model.EncoderLocator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Regenerates the paper's tables and figures, with its numbers beside ours. */
@Command(
    name = "reproduce",
    description = {
      "Regenerates the tables and figures of arXiv 2602.06000.",
      "",
      "It takes your copy of the paper's corpora, and sets the paper's numbers beside"
          + " ours: every pooling on every layer of Whisper tiny and small.",
      "",
      "It runs serenade evaluate with the paper's settings, and says how. Options of"
          + " evaluate may follow, and win: --window memory costs a tenth, --protocol"
          + " as-released does what the paper's code does, --layers 3,4 takes less time. What"
          + " is finished is not done again."
    },
    customSynopsis = {
      "serenade reproduce paper --corpus=shemo|iemocap --root=DIR --report=DIR",
      "                          [--encoder=NAME|DIR...] [OPTION OF evaluate...]"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade reproduce paper --corpus shemo --root SHEMO/ --report out/",
      "  serenade reproduce paper --corpus iemocap --root IEMOCAP/ --report out/ \\",
      "      --encoder whisper-tiny.en --window memory",
      "",
      "The folder gets report.html and tables for all encoders, and a folder for each."
    })
public final class ReproduceCommand implements Callable<Integer> {

  /** What there is to reproduce. */
  enum Study {
    /** arXiv 2602.06000. */
    PAPER
  }

  static final class StudyWords extends WordConverter<Study> {
    StudyWords() {
      super(Study.class);
    }
  }

  static final class CorpusWords extends WordConverter<PaperCorpus> {
    CorpusWords() {
      super(PaperCorpus.class);
    }
  }

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "paper",
      converter = StudyWords.class,
      description = "What to reproduce: paper, arXiv 2602.06000.")
  private Study study = Study.PAPER;

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "NAME",
      converter = CorpusWords.class,
      description = "shemo or iemocap, as they are on disk.")
  private PaperCorpus corpus = PaperCorpus.SHEMO;

  @Option(
      names = "--root",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the corpus.")
  private Path root = Path.of("");

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the reports.")
  private Path report = Path.of("");

  @Option(
      names = "--encoder",
      paramLabel = "NAME|DIR",
      description =
          "Only this encoder, or another one; repeatable (default: whisper-tiny and whisper-small, for"
              + " iemocap those that end in .en).")
  private List<String> encoders = List.of();

  @Unmatched private List<String> evaluateOptions = new ArrayList<>();

  /** Makes the command. */
  public ReproduceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    if (isGiven("--config")) {
      throw new ParameterException(
          spec.commandLine(),
          "--config: the settings are the paper's; name those that are to differ as options");
    }
    List<String> chosen = encoders.isEmpty() ? corpus.encoders() : encoders;
    for (String encoder : chosen) {
      // All of them before the first: it takes hours.
      evaluate(encoder, arguments(encoder), summary -> {});
      locate(encoder);
    }
    int exitCode = ExitCode.DONE;
    List<OverviewReport.Part> parts = new ArrayList<>();
    for (String encoder : chosen) {
      List<String> arguments = arguments(encoder);
      terminal.errorLine("serenade evaluate " + String.join(" ", arguments));
      String name = nameOf(encoder);
      EvaluateCommand evaluate =
          evaluate(
              encoder, arguments, summary -> parts.add(new OverviewReport.Part(name, summary)));
      exitCode = Math.max(exitCode, call(evaluate));
    }
    writeOverview(parts);
    return exitCode;
  }

  private List<String> arguments(String encoder) {
    Map<String, String> options = corpus.evaluateOptions();
    options.keySet().removeIf(this::isGiven);
    options.put("--root", root.toString());
    options.put("--encoder", encoder);
    options.put("--report", report.resolve(nameOf(encoder)).toString());
    List<String> arguments = new ArrayList<>();
    options.forEach((name, value) -> arguments.addAll(List.of(name, value)));
    arguments.addAll(evaluateOptions);
    return arguments;
  }

  private boolean isGiven(String option) {
    return evaluateOptions.stream()
        .anyMatch(given -> given.equals(option) || given.startsWith(option + "="));
  }

  private static String nameOf(String encoder) {
    return EncoderLocator.nameOf(Path.of(encoder));
  }

  private static void locate(String encoder) throws CannotRunException {
    try {
      EncoderLocator.create().locate(encoder);
    } catch (FileNotFoundException e) {
      throw new CannotRunException(e);
    }
  }

  /** Returns a command that is ready to be called; arguments that make no sense are wrong usage. */
  private EvaluateCommand evaluate(
      String encoder, List<String> arguments, Consumer<GridSummary> whenDone) {
    PaperNumbers published = PaperNumbers.of(WordConverter.word(corpus), nameOf(encoder));
    EvaluateCommand evaluate = new EvaluateCommand(terminal, published, whenDone);
    try {
      new CommandLine(evaluate).parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw usage(e);
    }
    return evaluate;
  }

  private int call(EvaluateCommand evaluate) throws CannotRunException, InterruptedException {
    try {
      return evaluate.call();
    } catch (ParameterException e) {
      throw usage(e);
    }
  }

  /** The user has called this command, and should be pointed to its help. */
  private ParameterException usage(ParameterException ofEvaluate) {
    return new ParameterException(spec.commandLine(), ofEvaluate.getMessage(), ofEvaluate);
  }

  private void writeOverview(List<OverviewReport.Part> parts) throws CannotRunException {
    String title =
        switch (study) {
          case PAPER -> "arXiv 2602.06000 on " + corpus;
        };
    try {
      OverviewReport.write(title, parts, report);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(report, e), e);
    }
    terminal.errorLine("overview: " + report.resolve("report.html"));
  }
}
