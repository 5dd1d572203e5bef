package dev.serenade.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(lines.stream().filter(line -> line.startsWith("| qkv |"))).hasSize(6);
    assertThat(lines).anyMatch(line -> line.startsWith("| qkv | 6 |") && line.contains("| – |"));
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
