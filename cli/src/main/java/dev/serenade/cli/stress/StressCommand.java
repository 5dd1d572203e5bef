package dev.serenade.cli.stress;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.OutputFolder;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.corpus.ClipLines;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.cli.corpus.SeenClips;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.cli.recognizer.TranscriberOption;
import dev.serenade.cli.train.ModelScoring;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Speed;
import dev.serenade.stress.StressGroup;
import dev.serenade.stress.StressReport;
import dev.serenade.stress.StressRun;
import dev.serenade.stress.StressSettings;
import dev.serenade.stress.TestResult;
import dev.serenade.training.store.FailedClip;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

/** Tests how a model behaves: when recordings change, and for whom. */
@Command(
    name = "stress",
    description = {
      "Tests how a model behaves on labelled clips.",
      "",
      "Whether it is right often enough, for both sexes, all voices and languages"
          + " alike, and whether it says the same when the recording changes a little, in"
          + " noise, on the telephone, in a room. After audEERING's catalogue, arXiv"
          + " 2312.06270."
    },
    customSynopsis = {
      "serenade stress (--manifest=FILE... | --corpus=NAME --root=DIR)",
      "                       --report=DIR [OPTION...]"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all tests passed, or the share that --require names",
      "1:fewer passed, or some clips could not be read",
      "2:wrong usage",
      "3:cannot run: a model or other file is missing, damaged or not writable"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade stress --manifest calls.csv --report out/",
      "  serenade stress --manifest new-speakers.csv --model mine.serenade \\",
      "      --report out/ --require 0.8",
      "  serenade stress --corpus emodb --root EMODB/ --report out/ \\",
      "      --tests small-changes,phone --clips 500",
      "",
      "The folder gets stress.html, with players to hear what was done, stress.json, tables and"
          + " figures. Use clips of speakers that the model was not trained on."
    })
public final class StressCommand implements Callable<Integer> {

  private static final String ROW = "%-24s %7s %7s %11s %9s%n";

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private CorpusOptions corpus = new CorpusOptions();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      defaultValue = NamedModel.DEFAULT,
      description =
          "The model to test, or default: the one that comes with Serenade (default:"
              + " ${DEFAULT-VALUE}).")
  private String model = NamedModel.DEFAULT;

  @Mixin private TranscriberOption transcriber = new TranscriberOption();

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the report; an earlier report there is replaced.")
  private Path report = Path.of("");

  @Option(
      names = "--clips",
      paramLabel = "N",
      defaultValue = "" + StressSettings.DEFAULT_CLIPS,
      description =
          "How many clips to draw, as many of each emotion, sex and corpus, and of each speaker, as"
              + " there are (default: ${DEFAULT-VALUE}). Each is heard some 25 times.")
  private int clips = StressSettings.DEFAULT_CLIPS;

  @Option(
      names = "--tests",
      paramLabel = "GROUP",
      split = ",",
      description =
          "Run only these: correctness, sex, pitch, language, small-changes, background-noise, phone,"
              + " room, tilt (default: all).")
  private List<String> tests = List.of();

  @Option(
      names = "--require",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "The share of tests that must pass, such as 0.8, for exit code 0 (default:"
              + " ${DEFAULT-VALUE}); those that could not be run do not count.")
  private double require = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Of the clips that are drawn and of all that is left to chance (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many processors to use; does not change results (default: all).")
  private Optional<Integer> threads = Optional.empty();

  /** Makes the command. */
  public StressCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    StressSettings settings = settings();
    OutputFolder.requireWritable(report);
    CorpusOptions.Source source = corpus.read(terminal);
    ModelScoring scoring =
        new ModelScoring(
            model, transcriber.whisper(), Speed.ACCURATE, settings.threads(), 0, terminal);
    try (EmotionRecognizer recognizer = scoring.load()) {
      List<Utterance> known = scoring.known(source.corpus(), recognizer.labels());
      StressRun run = run(recognizer, known, settings);
      ClipLines.list("failed", run.failed().stream().map(FailedClip::reason).toList(), terminal);
      StressReport.About about = about(source, recognizer, settings);
      write(run, about);
      about.caveats().forEach(terminal::errorLine);
      print(run);
      terminal.errorLine("report: " + report.resolve(StressReport.PAGE));
      boolean enough = run.passRate() >= require && run.passed() > 0;
      return enough && run.failed().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }

  private StressSettings settings() {
    if (!(require >= 0 && require <= 1)) {
      throw usage("--require: expected a share from 0 to 1, found " + require);
    }
    int processors = threads.orElse(Runtime.getRuntime().availableProcessors());
    if (processors < 1) {
      throw usage("--threads: at least 1 is needed, found " + processors);
    }
    if (clips < 1) {
      throw usage("--clips: at least 1 is needed, found " + clips);
    }
    return new StressSettings(clips, groups(), seed, processors);
  }

  private Set<StressGroup> groups() {
    try {
      return tests.isEmpty()
          ? EnumSet.allOf(StressGroup.class)
          : tests.stream().map(StressGroup::of).collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw usage("--tests: " + e.getMessage());
    }
  }

  private StressRun run(
      EmotionRecognizer recognizer, List<Utterance> known, StressSettings settings)
      throws CannotRunException, InterruptedException {
    ProgressLine progress =
        new ProgressLine(terminal, true, Math.min(settings.clips(), known.size()));
    try {
      return StressRun.of(recognizer, known, settings, done -> progress.show(done, "clips"));
    } catch (IOException e) {
      throw new CannotRunException(e);
    } finally {
      progress.erase();
    }
  }

  private StressReport.About about(
      CorpusOptions.Source source, EmotionRecognizer recognizer, StressSettings settings) {
    Map<String, String> trained = recognizer.model().provenance();
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("serenade", Version.number());
    provenance.put("corpus", source.corpus().name());
    provenance.putAll(source.manifests());
    provenance.put("model", model);
    trained.forEach((name, value) -> provenance.put("model." + name, value));
    provenance.put("clips", String.valueOf(settings.clips()));
    provenance.put("seed", String.valueOf(settings.seed()));
    provenance.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return new StressReport.About(
        model, source.corpus().name(), SeenClips.caveats("The model", source, trained), provenance);
  }

  private void write(StressRun run, StressReport.About about) throws CannotRunException {
    try {
      StressReport.write(run, about, report);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(report, e), e);
    }
  }

  private void print(StressRun run) {
    PrintWriter out = terminal.outWriter();
    out.printf(ROW, "tests", "passed", "failed", "not tested", "passed %");
    for (StressGroup group : StressGroup.values()) {
      if (!run.of(group).isEmpty()) {
        row(out, group.title(), run.of(group));
      }
    }
    row(out, "all", run.results());
    run.results().stream()
        .filter(TestResult::failed)
        .forEach(
            result ->
                out.printf(
                    Locale.ROOT,
                    "failed: %s: %.1f, asked %s%n",
                    result.name(),
                    100 * result.value().orElseThrow(),
                    result.threshold()));
    out.flush();
  }

  private static void row(PrintWriter out, String name, List<TestResult> results) {
    long passed = results.stream().filter(TestResult::passed).count();
    long failed = results.stream().filter(TestResult::failed).count();
    out.printf(
        ROW,
        name,
        passed,
        failed,
        results.size() - passed - failed,
        passed + failed == 0
            ? "-"
            : String.format(Locale.ROOT, "%.1f", 100.0 * passed / (passed + failed)));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
