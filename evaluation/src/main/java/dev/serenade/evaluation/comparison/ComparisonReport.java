package dev.serenade.evaluation.comparison;

import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.ReportFolder;
import dev.serenade.evaluation.page.TableFiles;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.SpeakerBootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes the report of a comparison: {@code compare.html}, {@code comparison.json}, {@code
 * tables.md}, {@code tables.tex} and {@code figures/*.svg}. The same runs and seed give the same
 * bytes.
 */
public final class ComparisonReport {

  /** The file for programs, and what is there if and only if the report is whole. */
  public static final String JSON = "comparison.json";

  /** The page. */
  public static final String PAGE = "compare.html";

  private ComparisonReport() {}

  /** Writes a report to a folder, in place of an earlier one there; other files are kept. */
  public static void write(ComparisonSummary summary, Path folder) throws IOException {
    ReportFolder.write(
        folder,
        JSON,
        files -> {
          Files.writeString(files.resolve(PAGE), page(summary));
          Files.writeString(files.resolve(JSON), ComparisonJson.of(summary));
          TableFiles.write(files, title(summary), summary.caveats(), ComparisonTables.of(summary));
          for (RunComparison one : summary.comparisons()) {
            for (Figure figure : ComparisonFigures.of(summary, one)) {
              Files.writeString(
                  files.resolve("figures").resolve(figure.name() + ".svg"), figure.standalone());
            }
          }
        });
  }

  private static String title(ComparisonSummary summary) {
    return summary.runs().runs().size() + " runs compared";
  }

  private static String page(ComparisonSummary summary) {
    HtmlPage page =
        new HtmlPage(title(summary))
            .caveats(summary.caveats())
            .heading(
                String.format(
                    Locale.ROOT,
                    "%,d clips · %d speakers · least p-value %s · decided by %s",
                    summary.clips(),
                    summary.speakers(),
                    ComparisonTables.pValue(summary.leastPValue()),
                    summary.headline().shortName()))
            .row(List.of(), List.of(ComparisonTables.runs(summary)));
    for (RunComparison one : summary.comparisons()) {
      add(page, summary, one);
    }
    return page.toString();
  }

  private static void add(HtmlPage page, ComparisonSummary summary, RunComparison one) {
    String first = AlignedRuns.letter(0);
    page.section(
            "%s against %s: %s"
                .formatted(one.second(), first, one.verdict(one.by(summary.headline()))),
            "A difference is shown where its interval leaves out 0 and its p-value is 0.05 or less."
                + " The interval is of %d draws of speakers; p says how often a difference as large"
                    .formatted(SpeakerBootstrap.RESAMPLES)
                + " arises when it is random, speaker by speaker, which run is which. The noise"
                + " floor is the least difference that these clips could have shown.")
        .cards(Stream.of(Metric.values()).map(metric -> card(one, metric)).toList())
        .row(List.of(), List.of(ComparisonTables.measures(summary, one)))
        .row(List.of(ComparisonFigures.measures(one), ComparisonFigures.recalls(one)), List.of())
        .row(List.of(), List.of(ComparisonTables.recalls(one)))
        .section(
            "%s against %s: speakers".formatted(one.second(), first),
            "A gain that a few speakers make is one that others may not get.")
        .row(
            List.of(ComparisonFigures.speakers(summary, one)),
            List.of(ComparisonTables.speakers(summary, one)))
        .section(
            "%s against %s: clips that flipped".formatted(one.second(), first),
            "What to listen to; comparison.json has all of them.")
        .row(List.of(), List.of(ComparisonTables.hits(one)))
        .tables(
            List.of(
                ComparisonTables.flips(one, one.won(), one.second()),
                ComparisonTables.flips(one, one.lost(), first)));
  }

  private static HtmlPage.Card card(RunComparison one, Metric metric) {
    Comparison comparison = one.by(metric);
    return new HtmlPage.Card(
        metric.shortName() + ", points",
        ComparisonTables.signed(metric, comparison.difference()),
        "%s · %s, noise floor %s"
            .formatted(
                one.verdict(comparison),
                ComparisonTables.interval(comparison),
                ComparisonTables.floor(comparison)));
  }
}
