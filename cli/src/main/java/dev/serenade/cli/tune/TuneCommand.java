package dev.serenade.cli.tune;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.OutputFolder;
import dev.serenade.cli.console.StopSignals;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.train.RecipeTrials;
import dev.serenade.cli.train.TrialOptions;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.significance.MetricSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Searches settings that do well on speakers who are held out. */
@Command(
    name = "tune",
    description = {
      "Searches settings that do well on speakers who are held out.",
      "",
      "Settings are those of heads and their training. Tries the defaults, then good"
          + " guesses, then by chance and near the best so far; gives up early what is"
          + " clearly behind. What an option below fixes is not searched.",
      "",
      "The winner's score is too good, for being the best of many. How much is"
          + " estimated, and --leave-out keeps speakers for a test that is honest."
    },
    customSynopsis = {
      "serenade tune (--manifest=FILE... | --corpus=NAME --root=DIR)",
      "                     [--budget=MINUTES] --report=DIR [OPTION...]"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade tune --manifest calls.csv --report tuned/ --budget 30",
      "  serenade train --config tuned/best.yaml --out calls.serenade",
      "  serenade tune --corpus emodb --root EMODB/ --report tuned/ --budget 60 \\",
      "      --leave-out 03,08 --search dropout=0:0.5 --search pooling=mean,qkv \\",
      "      --search lr=1e-4:1e-2:log --epochs 20",
      "  serenade evaluate --config tuned/best.yaml --protocol given --report test/",
      "",
      "The folder gets best.yaml, for train --config and evaluate --config, tune.html, tuning.json,"
          + " and trials/ with the report of each. With --leave-out it gets clips.csv, whose test"
          + " part are the speakers left out, and best.yaml names it.",
      "",
      "A search that was stopped, by its budget or Ctrl-C, goes on when the same command is given"
          + " again, with more minutes."
    })
public final class TuneCommand implements Callable<Integer> {

  private static final String BEST = "best.yaml";
  private static final String CLIPS = "clips.csv";
  private static final int LONGEST_STOP_SECONDS = 60;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--report",
      required = true,
      paramLabel = "DIR",
      description = "The folder for what is found; a search that is there goes on.")
  private Path report = Path.of("");

  @Option(
      names = "--budget",
      paramLabel = "MINUTES",
      description =
          "Stop after so many minutes, when the folds in work are done (default: none, which needs"
              + " --trials).")
  private Optional<Double> minutes = Optional.empty();

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Stop after so many trials, those of earlier runs included.")
  private Optional<Integer> most = Optional.empty();

  @Option(
      names = "--folds",
      paramLabel = "K",
      defaultValue = "5",
      description =
          "Into how many folds speakers are divided, each tested in turn; a fold for each speaker if"
              + " there are not more (default: ${DEFAULT-VALUE}).")
  private int folds = 5;

  @Option(
      names = "--leave-out",
      paramLabel = "SPEAKER",
      split = ",",
      description = "Speakers who have no part in it, to test the winner on.")
  private List<String> leaveOut = List.of();

  @Option(
      names = "--search",
      paramLabel = "SETTING=VALUES",
      description =
          "Search these values of an option below in place of ours: dropout=0:0.5, lr=1e-4:1e-2:log,"
              + " pooling=mean,qkv, layer=3,concat:2-5; repeatable.")
  private List<String> searches = List.of();

  @Mixin private TrialOptions options = new TrialOptions();

  /** Makes the command. */
  public TuneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    if (minutes.isEmpty() && most.isEmpty()) {
      throw usage("expected --budget or --trials, found neither: a search has no end of its own");
    }
    if (most.isPresent() && most.get() < 1) {
      throw usage("--trials: expected 1 or more, found " + most.get());
    }
    if (folds < 2) {
      throw usage("--folds: expected 2 or more, found " + folds);
    }
    Budget budget = budget();
    Map<String, Values> asked = asked();
    OutputFolder.requireWritable(report);
    Set<String> leftOut = new TreeSet<>(leaveOut);
    List<SearchSpace> spaces = new ArrayList<>();
    List<Integer> depths = new ArrayList<>();
    try (RecipeTrials trials =
        open(
            leftOut,
            blocks -> {
              SearchSpace space = space(blocks, asked);
              spaces.add(space);
              depths.add(blocks);
              Values layers = space.settings().get(SearchSpace.LAYER);
              return layers == null ? List.of() : layers.samples();
            })) {
      SearchSpace space = spaces.get(0);
      check(space, asked.keySet(), trials);
      return search(space, depths.get(0), trials, leftOut, budget);
    }
  }

  private Budget budget() {
    try {
      return new Budget(minutes.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    } catch (IllegalArgumentException e) {
      throw usage("--budget: " + e.getMessage());
    }
  }

  private RecipeTrials open(Set<String> leftOut, IntFunction<List<String>> layers)
      throws CannotRunException, InterruptedException {
    try {
      return RecipeTrials.open(options, leftOut, folds, layers, terminal);
    } catch (IllegalArgumentException e) {
      throw usage("--search layer: " + e.getMessage());
    }
  }

  /** Returns what the user wants to be searched in place of ours. */
  private Map<String, Values> asked() {
    Set<String> known = TrialOptions.searchable(options.given()).keySet();
    Set<String> fixed = options.namesGiven();
    Map<String, Values> asked = new LinkedHashMap<>();
    for (String text : searches) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw usage("--search: expected SETTING=VALUES, such as dropout=0:0.5, found " + text);
      }
      String setting = text.substring(0, equals);
      if (!known.contains(setting)) {
        throw usage(
            "--search: expected one of the settings %s, found %s"
                .formatted(String.join(", ", known), setting));
      }
      if (fixed.contains(setting)) {
        throw usage(
            "--search %1$s: --%1$s fixes it, so there is nothing to search".formatted(setting));
      }
      try {
        Values values = Values.parse(text.substring(equals + 1), TrialOptions.isWhole(setting));
        if (asked.put(setting, values) != null) {
          throw usage("--search %s: expected it once, found it twice".formatted(setting));
        }
      } catch (IllegalArgumentException e) {
        throw usage("--search %s: %s".formatted(setting, e.getMessage()));
      }
    }
    return asked;
  }

  private SearchSpace space(int blocks, Map<String, Values> asked) {
    SearchSpace space = SearchSpace.standard(blocks).without(options.namesGiven());
    for (Map.Entry<String, Values> setting : asked.entrySet()) {
      space = space.with(setting.getKey(), setting.getValue());
    }
    return space;
  }

  /** Tries the values that the user wants, so that what is wrong is said before any training. */
  private void check(SearchSpace space, Set<String> asked, RecipeTrials trials) {
    for (Map.Entry<String, Values> searched : space.settings().entrySet()) {
      String setting = searched.getKey();
      for (String value :
          asked.contains(setting) ? searched.getValue().samples() : List.<String>of()) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<String> poolings = SearchSpace.poolingsOf(setting);
        if (!poolings.isEmpty() && !options.namesGiven().contains(SearchSpace.POOLING)) {
          settings.put(SearchSpace.POOLING, poolings.get(poolings.size() - 1));
        }
        settings.put(setting, value);
        try {
          trials.trial(settings);
        } catch (ParameterException e) {
          throw usage("--search %s: %s".formatted(setting, e.getMessage()));
        }
      }
    }
  }

  private int search(
      SearchSpace space, int blocks, RecipeTrials trials, Set<String> leftOut, Budget budget)
      throws CannotRunException {
    Map<String, String> asNamed = new LinkedHashMap<>(TrialOptions.searchable(options.given()));
    asNamed.computeIfPresent(SearchSpace.LAYER, (name, text) -> trials.layer(text));
    Map<String, String> usual = space.canonical(asNamed);
    TrialsOfRecipes evaluator = new TrialsOfRecipes(trials, report, terminal);
    long seed = options.seed();
    Search search =
        new Search(
            new Proposals(space, usual, SearchSpace.guesses(blocks), evaluator::isUsable, seed),
            new Race(seed),
            evaluator,
            most.map(OptionalInt::of).orElse(OptionalInt.empty()),
            budget::isUsedUp);
    CountDownLatch written = new CountDownLatch(1);
    StopSignals signals = stopWith(budget, evaluator, written);
    try {
      List<Trial> done =
          search.run((trial, best, before) -> tell(trial, best, before, usual, budget));
      // Told to stop by a signal, which waits until all is written.
      boolean interrupted = Thread.interrupted() && !budget.isCancelled();
      if (done.isEmpty()) {
        String nothing =
            "no trial came to its end in %s; the same command goes on where it was"
                .formatted(budget.isCancelled() ? "time" : budget);
        if (budget.isCancelled()) {
          // The process ends before anybody else could say so.
          terminal.error(nothing);
        }
        throw new CannotRunException(nothing);
      }
      write(
          new Tuning(
              trials.title(),
              trials.protocol(),
              List.copyOf(leftOut),
              space,
              usual,
              done,
              trials.folds(),
              seed),
          trials);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return trials.isComplete() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    } finally {
      written.countDown();
      signals.close();
    }
  }

  /** A signal ends the training in work, which keeps its state, and waits for the report. */
  private static StopSignals stopWith(
      Budget budget, TrialsOfRecipes evaluator, CountDownLatch written) {
    return StopSignals.handleWith(
        () -> {
          budget.cancel();
          evaluator.interruptTraining();
          try {
            // If it takes longer, the trials are there all the same.
            boolean inTime = written.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
            assert inTime || budget.isCancelled();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void tell(
      Trial trial, Trial best, boolean before, Map<String, String> usual, Budget budget) {
    Candidate candidate = trial.candidate();
    String end =
        trial.isComplete()
            ? candidate.number() == best.candidate().number()
                ? "the best so far"
                : String.format(
                    Locale.ROOT,
                    "best %.1f, trial %d",
                    100 * best.recall(),
                    best.candidate().number())
            : "given up, " + trial.givenUp().orElseThrow();
    terminal.errorLine(
        String.format(
            Locale.ROOT,
            "[%d] %4.1f min  UA %.1f %%, %s  (%s%s)  %s",
            candidate.number(),
            budget.minutesUsed(),
            100 * trial.recall(),
            end,
            candidate.origin(),
            before ? ", done before" : "",
            candidate.differenceFrom(usual)));
  }

  private void write(Tuning tuning, RecipeTrials trials) throws CannotRunException {
    Trial best = tuning.best();
    Path target = report.resolve(BEST);
    trials.write(
        best.candidate().settings(),
        "The best of %d trials by serenade tune (version %s): trial %d. For train --config and evaluate --config."
            .formatted(tuning.trials().size(), Version.number(), best.candidate().number()),
        target,
        report.resolve(CLIPS));
    try {
      TuningReport.write(tuning, report);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(report, e), e);
    }
    PrintWriter out = terminal.outWriter();
    line(out, "defaults", tuning, tuning.defaults());
    line(out, "best", tuning, best);
    if (!best.equals(tuning.defaults())) {
      out.println(
          "best against defaults, too good as well: " + tuning.againstDefaults(best).sentence());
    }
    out.flush();
    terminal.errorLine("report: " + report.resolve(TuningReport.PAGE));
    terminal.errorLine(
        tuning.leftOut().isEmpty()
            ? "train it: serenade train --config %s --out FILE".formatted(target)
            : "test it on those left out: serenade evaluate --config %s --protocol given --report DIR"
                .formatted(target));
    out.println(tuning.caveat());
    out.flush();
  }

  private static void line(PrintWriter out, String name, Tuning tuning, Trial trial) {
    MetricSummary score = tuning.score(trial);
    out.println(
        "%-9s UA %s %% (%s)  trial %d: %s"
            .formatted(
                name,
                Percent.of(score.pooled()),
                Percent.of(score.interval95()),
                trial.candidate().number(),
                trial.candidate().differenceFrom(tuning.usual())));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
