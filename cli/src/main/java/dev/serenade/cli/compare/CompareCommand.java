package dev.serenade.cli.compare;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.FormatOption;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.console.WordConverter;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.comparison.AlignedRuns;
import dev.serenade.evaluation.comparison.ComparedRun;
import dev.serenade.evaluation.comparison.ComparisonJson;
import dev.serenade.evaluation.comparison.ComparisonReport;
import dev.serenade.evaluation.comparison.ComparisonSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether one evaluated run is better than another. */
@Command(
    name = "compare",
    description = {
      "Says whether one evaluated run is better than another.",
      "",
      "Both are of the same clips. Tests swap and draw whole speakers; beside them"
          + " stands the least difference that these clips can show."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:with --exit-code: A is shown to be better than another run",
      "2:wrong usage",
      "3:cannot run: a run is missing or damaged, or they are not over the same clips"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade compare before/ after/",
      "  serenade compare mean/ attentive/ qkv/ --report out/",
      "  serenade compare ours/ theirs.csv --common",
      "  serenade compare baseline/ candidate/ --exit-code --metric wa",
      "",
      "A CSV file has a line for each clip, with the columns clip, speaker, actual (the label), and"
          + " either probability_CLASS for each class, together 1, or predicted. Other columns are"
          + " passed over. Names of clips and speakers are as in A."
    })
public final class CompareCommand implements Callable<Integer> {

  /** Of swaps and resampling: the same runs always give the same numbers. */
  private static final long SEED = 0;

  /** The metric that decides. */
  enum Headline {
    WA(Metric.WEIGHTED_ACCURACY),
    UA(Metric.UNWEIGHTED_AVERAGE_RECALL),
    F1(Metric.MACRO_F1);

    private final Metric metric;

    Headline(Metric metric) {
      this.metric = metric;
    }
  }

  static final class HeadlineWords extends WordConverter<Headline> {
    HeadlineWords() {
      super(Headline.class);
    }
  }

  private final Terminal terminal;

  @Parameters(
      paramLabel = "RUN",
      arity = "2..*",
      description =
          "The folders of two reports of evaluate, or more; or their results.json; or CSV files of"
              + " predictions, from any system. All are compared with the first, A.")
  private List<Path> places = List.of();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      defaultValue = "ua",
      converter = HeadlineWords.class,
      description =
          "What decides: wa (accuracy), ua (mean recall of the classes) or f1 (their mean F1)"
              + " (default: ${DEFAULT-VALUE}).")
  private Headline headline = Headline.UA;

  @Option(
      names = "--common",
      description = "Compare the clips that all runs have, where some lack some.")
  private boolean common;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Also write compare.html, comparison.json, tables and figures: classes, speakers, and the"
              + " clips that flipped.")
  private Optional<Path> report = Optional.empty();

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--exit-code",
      description =
          "End with 1 if A is shown to be better than another run, for checks in scripts.")
  private boolean exitCode;

  /** Makes the command. */
  public CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    ComparisonSummary summary = compare();
    PrintWriter out = terminal.outWriter();
    summary.caveats().forEach(terminal::errorLine);
    switch (format.format()) {
      case TABLE -> ComparisonTable.write(summary, out);
      case JSON -> out.print(ComparisonJson.of(summary));
    }
    out.flush();
    if (report.isPresent()) {
      write(summary, report.get());
    }
    return exitCode && summary.showsALoss() ? ExitCode.SOME_FAILED : ExitCode.DONE;
  }

  private ComparisonSummary compare() throws CannotRunException {
    List<ComparedRun> runs = new ArrayList<>();
    for (Path place : places) {
      runs.add(read(place));
    }
    try {
      AlignedRuns aligned = AlignedRuns.of(runs);
      requireComplete(aligned);
      return ComparisonSummary.of(aligned, headline.metric, SEED);
    } catch (IllegalArgumentException e) {
      throw new CannotRunException(e);
    }
  }

  private static ComparedRun read(Path place) throws CannotRunException {
    try {
      return ComparedRun.read(place);
    } catch (NoSuchFileException e) {
      throw new CannotRunException(
          "%s: expected the folder of a report, or a CSV file of predictions; there is no %s"
              .formatted(place, e.getFile()),
          e);
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }

  private void requireComplete(AlignedRuns aligned) throws CannotRunException {
    if (aligned.isComplete() || common) {
      return;
    }
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < aligned.runs().size(); i++) {
      List<String> only = aligned.leftOut().get(i);
      if (!only.isEmpty()) {
        parts.add(
            "%d clips of %s, such as %s, are not in all"
                .formatted(only.size(), aligned.runs().get(i).name(), only.get(0)));
      }
    }
    throw new CannotRunException(
        "the runs are not over the same clips: %s; --common compares the %d that all have"
            .formatted(String.join("; ", parts), aligned.runs().get(0).predictions().size()));
  }

  private void write(ComparisonSummary summary, Path folder) throws CannotRunException {
    try {
      ComparisonReport.write(summary, folder);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(folder, e), e);
    }
    terminal.errorLine("report: " + folder.resolve(ComparisonReport.PAGE));
  }
}
