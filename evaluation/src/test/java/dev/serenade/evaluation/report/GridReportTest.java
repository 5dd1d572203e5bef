package dev.serenade.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GridReportTest {

  @TempDir static Path folder;
  private static GridSummary summary;

  @BeforeAll
  static void write() throws IOException {
    summary = GridReport.write(MadeUpGrid.of(), folder);
  }

  @Test
  void resultsHoldEveryRunAsItsOwnReportWould() throws IOException {
    JsonObject results =
        JsonParser.parseString(Files.readString(folder.resolve("results.json"))).getAsJsonObject();
    assertThat(results.getAsJsonArray("runs")).hasSize(18);
    assertThat(results.getAsJsonArray("comparisons")).hasSize(2);
    JsonObject first = results.getAsJsonArray("runs").get(0).getAsJsonObject();
    assertThat(first.get("row").getAsString()).isEqualTo("mean");
    assertThat(first.getAsJsonObject("published").get("weightedAccuracy").getAsDouble())
        .isEqualTo(0.81);
    assertThat(first.getAsJsonObject("results"))
        .isEqualTo(ResultsJson.object(RunSummary.of(MadeUpGrid.of().cells().get(0).run())));
  }

  @Test
  void theTableHasALineForEachRunAndADashWhereNothingIsPublished() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("tables.md"));
    assertThat(lines.subList(allRuns(lines), lines.size()))
        .filteredOn(line -> line.startsWith("| qkv |"))
        .hasSize(6);
    assertThat(lines).anyMatch(line -> line.startsWith("| qkv | 6 |") && line.contains("| – |"));
  }

  private static int allRuns(List<String> lines) {
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).startsWith("**All runs"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGridAsReleasedIsLabelledAndChoosesNoColumnByTestFolds(@TempDir Path released)
      throws IOException {
    GridSummary asReleased = GridReport.write(MadeUpGrid.of("as-released"), released);
    String caveat = "Protocol as-released: as in the paper's released code";

    assertThat(asReleased.choices()).isEmpty();
    assertThat(Files.readString(released.resolve("tables.md"))).startsWith("> " + caveat);
    assertThat(Files.readString(released.resolve("results.json")))
        .startsWith("{\n  \"caveats\": [\n    \"" + caveat);
    assertThat(Files.readString(released.resolve("report.html")))
        .contains("<main>\n<p class=\"caveat\">Protocol as-released");
    try (Stream<Path> figures = Files.list(released.resolve("figures"))) {
      assertThat(figures)
          .isNotEmpty()
          .allSatisfy(
              figure ->
                  assertThat(figure).content().containsPattern("<title>.*, as-released</title>"));
    }
  }

  @Test
  void thePapersNumberForTheBestLayerStandsBesideOurs() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("tables.md"));
    List<String> best = lines.subList(0, allRuns(lines));
    assertThat(best).anyMatch(line -> line.startsWith("| qkv | 4 |") && line.contains("| 80.0 |"));
    assertThat(best).anyMatch(line -> line.startsWith("| mean | 4 |") && line.contains("| – |"));
  }

  @Test
  void theChosenColumnOfAFoldIsTheOneWithTheHighestValidationRecall() {
    assertThat(summary.choices()).extracting(ColumnChoice::row).isEqualTo(summary.grid().rows());
    for (ColumnChoice choice : summary.choices()) {
      for (int i = 0; i < choice.columns().size(); i++) {
        FoldResult fold = choice.summary().run().folds().get(i);
        double chosen = fold.chosenValidationRecall().orElseThrow();
        int number = i;
        assertThat(summary.grid().row(choice.row()))
            .extracting(cell -> cell.run().folds().get(number).chosenValidationRecall())
            .allMatch(recall -> recall.orElseThrow() <= chosen);
        assertThat(
                summary
                    .at(choice.row(), choice.columns().get(i))
                    .orElseThrow()
                    .cell()
                    .run()
                    .folds())
            .contains(fold);
      }
    }
  }

  @Test
  void withoutValidationNothingIsChosen() {
    EvaluationRun run = MadeUpRun.of("given", List.of());
    List<FoldResult> untrained =
        run.folds().stream().map(fold -> new FoldResult(fold.name(), fold.predictions())).toList();
    EvaluationRun finished = new EvaluationRun("t", "given", List.of(), untrained, Map.of(), 0);
    EvaluationGrid grid =
        new EvaluationGrid(
            "t",
            "pooling",
            "layer",
            List.of(new GridCell("mean", "1", run), new GridCell("mean", "2", finished)));

    assertThat(GridSummary.of(grid).choices()).isEmpty();
  }

  @Test
  void theOverviewNamesEveryGridAndLinksToIt() throws IOException {
    OverviewReport.write(
        "the paper", List.of(new OverviewReport.Part("base", summary)), folder.resolve("all"));

    assertThat(folder.resolve("all/report.html"))
        .content()
        .contains("<a href=\"base/report.html\">", summary.grid().title(), "80.0");
    assertThat(folder.resolve("all/tables.md")).content().contains("| qkv | 4 |");
    assertThat(folder.resolve("all/tables.tex")).content().contains("qkv & 4 &");
  }

  @Test
  void thePapersFiguresAreThere() {
    assertThat(folder.resolve("figures"))
        .isDirectoryContaining("glob:**/class-accuracy.svg")
        .isDirectoryContaining("glob:**/confusion-3.svg")
        .isDirectoryContaining("glob:**/loss-1.svg")
        .isDirectoryContaining("glob:**/accuracy-3.svg")
        .isDirectoryContaining("glob:**/bars-weightedAccuracy.svg")
        .isDirectoryContaining("glob:**/bars-unweightedAverageRecall.svg");
  }

  @Test
  void theBestOfARowIsNotBeatenWithinIt() {
    for (GridSummary.Scored best : summary.bestOfRows()) {
      assertThat(summary.row(best.cell().row()))
          .allSatisfy(scored -> assertThat(scored.recall()).isLessThanOrEqualTo(best.recall()));
    }
  }

  @Test
  void twoRunsInOnePlaceAreRefused() {
    GridCell cell = new GridCell("mean", "1", MadeUpRun.of("given", List.of()));
    assertThatThrownBy(() -> new EvaluationGrid("t", "pooling", "layer", List.of(cell, cell)))
        .hasMessageContaining("found two for mean and 1");
  }
}
