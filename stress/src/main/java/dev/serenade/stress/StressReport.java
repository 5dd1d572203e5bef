package dev.serenade.stress;

import dev.serenade.evaluation.figure.BarChart;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.Series;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.ReportFolder;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.page.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes the report of a run: {@code stress.html}, with audio players, {@code stress.json}, {@code
 * tables.md}, {@code tables.tex} and {@code figures/*.svg}.
 *
 * <p>The same run gives the same bytes.
 */
public final class StressReport {

  /** The page's name in the folder. */
  public static final String PAGE = "stress.html";

  private static final String JSON = "stress.json";
  private static final int MOST_FLIPS_LISTED = 5;

  /** With spaces that do not break. */
  private static final String PASSED = "✓\u00a0passed";

  private static final String FAILED = "✗\u00a0failed";

  private StressReport() {}

  /**
   * What was tested.
   *
   * @param model its file, or {@code default}
   * @param source the corpus
   * @param caveats what to know before any number
   * @param provenance enough to run it again
   */
  public record About(
      String model, String source, List<String> caveats, Map<String, String> provenance) {

    /** Copies list and map. */
    public About {
      caveats = List.copyOf(caveats);
      provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }
  }

  /** Writes a report to a folder, in place of an earlier one there; other files are kept. */
  public static void write(StressRun run, About about, Path folder) throws IOException {
    List<Figure> figures = figures(run);
    ReportFolder.write(
        folder,
        JSON,
        files -> {
          Files.writeString(files.resolve(PAGE), page(run, about));
          Files.writeString(files.resolve(JSON), StressJson.of(run, about));
          TableFiles.write(files, title(about), about.caveats(), tables(run));
          for (Figure figure : figures) {
            Files.writeString(
                files.resolve("figures").resolve(figure.name() + ".svg"), figure.standalone());
          }
        });
  }

  private static String title(About about) {
    return "Stress test of model %s on %s".formatted(about.model(), about.source());
  }

  private static List<Figure> figures(StressRun run) {
    List<Figure> figures = new ArrayList<>();
    figures.add(passedByGroup(run));
    for (StressGroup group : groups(run)) {
      figures.addAll(figures(run, group));
    }
    return figures;
  }

  private static List<StressGroup> groups(StressRun run) {
    return Arrays.stream(StressGroup.values()).filter(g -> !run.of(g).isEmpty()).toList();
  }

  private static Figure passedByGroup(StressRun run) {
    List<StressGroup> groups = groups(run);
    return BarChart.of(
        "passed",
        "Tests passed, %",
        "passed, %",
        groups.stream().map(StressGroup::title).toList(),
        List.of(
            new Series("passed", groups.stream().map(group -> passRate(run.of(group))).toList())));
  }

  private static double passRate(List<TestResult> results) {
    long passed = results.stream().filter(TestResult::passed).count();
    long failed = results.stream().filter(TestResult::failed).count();
    return passed + failed == 0 ? Double.NaN : (double) passed / (passed + failed);
  }

  /** Draws what is a share; differences may be negative, and stand in the table alone. */
  private static List<Figure> figures(StressRun run, StressGroup group) {
    List<TestResult> shares =
        run.of(group).stream()
            .filter(result -> result.threshold().bound() == Threshold.Bound.AT_LEAST)
            .filter(result -> result.value().isPresent())
            .toList();
    if (shares.isEmpty()) {
      return List.of();
    }
    return List.of(
        BarChart.of(
            group.word(),
            group.title() + ", %",
            group == StressGroup.CORRECTNESS ? "recall or precision, %" : "unchanged, %",
            shares.stream().map(result -> result.name().replace("unchanged, ", "")).toList(),
            List.of(
                new Series(
                    "measured",
                    shares.stream().map(result -> result.value().getAsDouble()).toList()),
                new Series(
                    "asked", shares.stream().map(result -> result.threshold().limit()).toList()))));
  }

  private static List<Table> tables(StressRun run) {
    List<Table> tables = new ArrayList<>();
    tables.add(summary(run));
    if (run.failedTests() > 0) {
      tables.add(failures(run));
    }
    groups(run).forEach(group -> tables.add(table(run, group)));
    return tables;
  }

  private static Table summary(StressRun run) {
    List<List<String>> rows = new ArrayList<>();
    for (StressGroup group : groups(run)) {
      rows.add(summaryRow(group.title(), run.of(group)));
    }
    rows.add(summaryRow("All", run.results()));
    return new Table(
        "Tests by group", List.of("Group", "passed", "failed", "not tested", "passed, %"), rows);
  }

  private static List<String> summaryRow(String name, List<TestResult> results) {
    long passed = results.stream().filter(TestResult::passed).count();
    long failed = results.stream().filter(TestResult::failed).count();
    double rate = passRate(results);
    return List.of(
        name,
        String.valueOf(passed),
        String.valueOf(failed),
        String.valueOf(results.size() - passed - failed),
        Double.isNaN(rate) ? Percent.UNDEFINED : Percent.of(rate));
  }

  private static Table table(StressRun run, StressGroup group) {
    return new Table(
        group.title() + ", % or points",
        3,
        List.of("Test", "What is done", "Verdict", "asked", "measured", "95 %", "clips"),
        run.of(group).stream().map(StressReport::row).toList());
  }

  private static Table failures(StressRun run) {
    return new Table(
        "Failed tests, % or points",
        2,
        List.of("Group", "Test", "asked", "measured", "95 %", "clips"),
        run.results().stream()
            .filter(TestResult::failed)
            .map(
                result ->
                    List.of(
                        result.group().title(),
                        result.name(),
                        result.threshold().toString(),
                        Percent.of(result.value()),
                        Percent.of(result.interval95()),
                        String.valueOf(result.clips())))
            .toList());
  }

  private static List<String> row(TestResult result) {
    return List.of(
        result.name(),
        result.description(),
        verdict(result),
        result.threshold().toString(),
        Percent.of(result.value()),
        Percent.of(result.interval95()),
        String.valueOf(result.clips()));
  }

  private static String verdict(TestResult result) {
    return result
        .notTested()
        .map(reason -> "not tested: " + reason)
        .orElse(result.passed() ? PASSED : FAILED);
  }

  private static String page(StressRun run, About about) {
    HtmlPage page =
        new HtmlPage(title(about))
            .caveats(about.caveats())
            .heading(
                String.format(
                    Locale.ROOT,
                    "%,d clips · %d speakers · %d tests · after audEERING's catalogue,"
                        + " arXiv:2312.06270",
                    run.clips(),
                    run.speakers(),
                    run.results().size()))
            .cards(cards(run))
            .section(
                "Groups",
                "A test passes if what was measured is as asked. The intervals show how far a number"
                    + " may move with other speakers.")
            .row(List.of(passedByGroup(run)), List.of(summary(run)));
    if (run.failedTests() > 0) {
      page.section("What failed", "Every test whose number is not as asked.")
          .tables(List.of(failures(run)));
    }
    for (StressGroup group : groups(run)) {
      page.section(group.title(), group.explanation())
          .row(figures(run, group), List.of())
          .tables(List.of(table(run, group)));
    }
    if (!run.sounds().isEmpty()) {
      page.section(
              "Listen",
              "One clip after each change, its first seconds. Music and coughs are made up, as no"
                  + " recordings of them may be passed on; babble is other clips of the corpus.")
          .players(run.sounds().stream().map(StressReport::player).toList());
    }
    if (!run.flips().isEmpty()) {
      page.section(
              "Changed minds",
              "Clips of which the model says something else after a change; all of them are in stress.json.")
          .tables(List.of(flips(run)));
    }
    return page.section("Left out", "What of the catalogue is not tested here.")
        .tables(
            List.of(
                new Table(
                    "Not tested",
                    1,
                    List.of("Test and reason"),
                    Catalogue.LEFT_OUT.stream().map(List::of).toList())))
        .section("Provenance", "Enough to run it again.")
        .tables(
            List.of(
                new Table(
                    "Provenance",
                    2,
                    List.of("What", "Value"),
                    about.provenance().entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), entry.getValue()))
                        .toList())))
        .toString();
  }

  private static List<HtmlPage.Card> cards(StressRun run) {
    int tested = run.passed() + run.failedTests();
    return List.of(
        new HtmlPage.Card(
            "Passed", Percent.of(run.passRate()) + " %", "of the tests that were run"),
        new HtmlPage.Card("Tests passed", String.valueOf(run.passed()), "of " + tested),
        new HtmlPage.Card("Tests failed", String.valueOf(run.failedTests()), "of " + tested),
        new HtmlPage.Card(
            "Not tested",
            String.valueOf(run.results().size() - tested),
            "too few clips, or no such column"));
  }

  private static HtmlPage.Player player(ExampleSound example) {
    return new HtmlPage.Player(
        example.change(),
        example.description(),
        "heard as " + example.said(),
        SoundData.uri(example.sound()));
  }

  private static Table flips(StressRun run) {
    Map<String, List<Flip>> byChange =
        run.flips().stream()
            .collect(Collectors.groupingBy(Flip::change, LinkedHashMap::new, Collectors.toList()));
    List<List<String>> rows = new ArrayList<>();
    byChange.forEach(
        (change, flips) -> {
          String listed =
              flips.stream()
                  .limit(MOST_FLIPS_LISTED)
                  .map(f -> "%s (%s → %s)".formatted(f.clip(), f.before(), f.after()))
                  .collect(Collectors.joining(", "));
          rows.add(
              List.of(
                  change,
                  flips.size() > MOST_FLIPS_LISTED ? listed + ", …" : listed,
                  String.valueOf(flips.size())));
        });
    return new Table("Changed minds", 2, List.of("Change", "Clips", "how many"), rows);
  }
}
