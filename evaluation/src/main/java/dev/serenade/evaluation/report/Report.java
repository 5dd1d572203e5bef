package dev.serenade.evaluation.report;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.PredictionsCsv;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.ReportFolder;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.page.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the report of one run: {@code report.html}, {@code results.json}, {@code predictions.csv},
 * {@code tables.md}, {@code tables.tex} and {@code figures/*.svg}.
 *
 * <p>What a reader must know before any number (shared speakers, the protocol as-released) is the
 * first line of the page and of the tables. The same run gives the same bytes.
 */
public final class Report {

  static final String RESULTS = "results.json";
  static final String PREDICTIONS = "predictions.csv";

  /** What heads said of clips that were held out from them, fold by fold, where it is kept. */
  static final String HELD_OUT = "held-out.csv";

  private Report() {}

  /**
   * Reads a run back from the folder of its report; clips that attention was shown for are not kept
   * there.
   *
   * @throws java.nio.file.NoSuchFileException if there is no finished report
   * @throws ReportFormatException if a file is not as {@link #write} leaves it
   */
  public static EvaluationRun read(Path folder) throws IOException {
    return new ReportReader(folder).read();
  }

  /**
   * Writes a run's report to a folder, in place of an earlier report there; other files are kept.
   *
   * @return the numbers that were written
   */
  public static RunSummary write(EvaluationRun run, Path folder) throws IOException {
    return write(run, Optional.empty(), folder);
  }

  /**
   * Writes a run's report, and beside it {@code held-out.csv}, in the columns of {@code
   * predictions.csv}.
   *
   * @param heldOut what heads said of clips that were held out from them, by the folds' names
   * @return the numbers that were written
   */
  public static RunSummary write(EvaluationRun run, Predictions heldOut, Path folder)
      throws IOException {
    return write(run, Optional.of(heldOut), folder);
  }

  /**
   * Reads {@code held-out.csv} of a report.
   *
   * @throws java.nio.file.NoSuchFileException if the report has none
   */
  public static Predictions readHeldOut(Path folder) throws IOException {
    return PredictionsCsv.read(folder.resolve(HELD_OUT));
  }

  private static RunSummary write(EvaluationRun run, Optional<Predictions> heldOut, Path folder)
      throws IOException {
    RunSummary summary = RunSummary.of(run);
    List<Figure> curves = RunFigures.curves(run);
    List<Figure> attention = RunFigures.attention(run);
    List<Figure> removal =
        run.explanation().map(test -> ExplanationFigures.of(run, test)).orElse(List.of());
    List<Figure> figures = new ArrayList<>();
    figures.add(RunFigures.perClass(summary));
    figures.add(RunFigures.confusion(summary));
    figures.add(RunFigures.folds(summary));
    figures.add(RunFigures.reliability(summary));
    figures.add(RunFigures.riskCoverage(summary));
    figures.addAll(curves);
    figures.addAll(attention);
    figures.addAll(removal);
    ReportFolder.write(
        folder,
        RESULTS,
        files -> {
          Files.writeString(
              files.resolve("report.html"), page(summary, curves, attention, removal));
          Files.writeString(files.resolve(RESULTS), ResultsJson.of(summary));
          PredictionsCsv.write(summary.predictions(), files.resolve(PREDICTIONS));
          if (heldOut.isPresent()) {
            PredictionsCsv.write(heldOut.get(), files.resolve(HELD_OUT));
          }
          TableFiles.write(
              files,
              "%s, %s".formatted(run.title(), run.protocol()),
              run.caveats(),
              tables(summary));
          writeFigures(files, figures);
        });
    return summary;
  }

  private static List<Table> tables(RunSummary summary) {
    EvaluationRun run = summary.run();
    List<Table> tables = new ArrayList<>(benchmark(summary));
    tables.addAll(
        List.of(
            RunTables.summary(summary),
            RunTables.perClass(summary),
            RunTables.folds(summary),
            RunTables.confusion(summary),
            RunTables.calibration(summary)));
    tables.addAll(RunTables.decisions(summary));
    run.explanation().ifPresent(test -> tables.add(RunTables.explanation(run, test)));
    return tables;
  }

  /** Returns the tables on the benchmark that the run follows, none if there is none. */
  private static List<Table> benchmark(RunSummary summary) {
    Benchmark benchmark = summary.run().benchmark();
    return benchmark.isNone()
        ? List.of()
        : List.of(RunTables.benchmark(summary), RunTables.deviations(benchmark));
  }

  static void writeFigures(Path files, List<Figure> figures) throws IOException {
    for (Figure figure : figures) {
      Files.writeString(
          files.resolve("figures").resolve(figure.name() + ".svg"), figure.standalone());
    }
  }

  private static String page(
      RunSummary summary, List<Figure> curves, List<Figure> attention, List<Figure> removal) {
    EvaluationRun run = summary.run();
    HtmlPage page =
        new HtmlPage(run.title())
            .caveats(run.caveats())
            .heading(
                String.format(
                    Locale.ROOT,
                    "Protocol %s · %d folds · %d speakers · %,d utterances · %d classes",
                    run.protocol(),
                    run.folds().size(),
                    summary.predictions().bySpeaker().size(),
                    summary.predictions().size(),
                    summary.predictions().classes().size()))
            .cards(Stream.of(Metric.values()).map(metric -> card(summary, metric)).toList());
    if (!run.benchmark().isNone()) {
      page.section(
              "Benchmark",
              "Other models under the same folds, as printed; read the deviations before comparing.")
          .tables(benchmark(summary));
    }
    page.section(
            "Classes",
            "How much of each class is recognised, and what it is taken for. The intervals show"
                + " how far a number may move with other speakers.")
        .row(List.of(RunFigures.perClass(summary), RunFigures.confusion(summary)), List.of())
        .row(List.of(), List.of(RunTables.perClass(summary)))
        .section("Folds", "How much the result varies with who is tested.")
        .row(List.of(RunFigures.folds(summary)), List.of(RunTables.folds(summary)))
        .section(
            "Confidence",
            "Dots are accuracy at a confidence. Below the dashed line the model is too sure, above"
                + " it not sure enough; orange shows by how much. An abstaining model answers"
                + " only what it is surest of.")
        .row(
            List.of(RunFigures.reliability(summary), RunFigures.riskCoverage(summary)),
            List.of(RunTables.calibration(summary)))
        .section(
            "Not sure",
            "What is left of the errors if the model answers only what it is sure of, and how"
                + " often a set of classes holds the right one. Promises from held-out speakers"
                + " hold for speakers like them; with a handful held out, and for speakers unlike"
                + " them, less is kept than was promised, as the worst speaker shows.")
        .tables(RunTables.decisions(summary));
    if (!curves.isEmpty()) {
      page.section("Training", "Mean over folds, bold; each fold, thin.").row(curves, List.of());
    }
    if (!attention.isEmpty()) {
      page.section(
              "Attention",
              "Where in the clip the model attends: each head thin, their mean bold, loudness grey."
                  + " At 1 a frame counts as in a plain mean.")
          .row(attention, List.of());
    }
    run.explanation()
        .ifPresent(
            test ->
                page.section(
                        "Explanations",
                        "Each clip is replaced by silence, tenth by tenth, in the order in which an"
                            + " explanation says its parts matter. Where it is right, the score of the"
                            + " emotion that was heard falls sooner than in random order (thin lines:"
                            + " each seed), and, put back into silence in that order, rises sooner.")
                    .row(removal, List.of())
                    .row(List.of(), List.of(RunTables.explanation(run, test))));
    return page.section("Where to listen", "Wrong, and sure of it: hard clips, or wrong labels.")
        .row(List.of(), List.of(RunTables.mistakes(summary)))
        .section("Provenance", "Enough to run it again.")
        .row(List.of(), List.of(RunTables.provenance(run.provenance())))
        .toString();
  }

  private static HtmlPage.Card card(RunSummary summary, Metric metric) {
    String pooled = Percent.of(summary.metric(metric).pooled());
    String interval = Percent.of(summary.metric(metric).interval95());
    return new HtmlPage.Card(
        switch (metric) {
          case WEIGHTED_ACCURACY -> "Weighted accuracy";
          case UNWEIGHTED_AVERAGE_RECALL -> "Unweighted average recall";
          case MACRO_F1 -> "Macro-F1";
          case WEIGHTED_F1 -> "Weighted F1";
        },
        Percent.meanAndDeviation(summary.metric(metric)),
        "pooled %s (%s)".formatted(pooled, interval));
  }
}
