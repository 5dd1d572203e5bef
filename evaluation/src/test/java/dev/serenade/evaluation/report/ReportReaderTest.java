package dev.serenade.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportReaderTest {

  private static final EvaluationRun RUN = MadeUpRun.of("given", List.of("Know this."));

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Report.write(RUN, folder);
  }

  @Test
  void whatWasWrittenIsReadBackButForAttention() throws IOException {
    EvaluationRun read = Report.read(folder);

    assertThat(read)
        .isEqualTo(
            new EvaluationRun(
                RUN.title(),
                RUN.protocol(),
                RUN.caveats(),
                RUN.folds().stream().map(ReportReaderTest::withoutAttention).toList(),
                RUN.provenance(),
                RUN.seed()));
  }

  @Test
  void aBenchmarkIsReadBackAndShown() throws IOException {
    Benchmark benchmark =
        new Benchmark(
            "EmoBox",
            List.of("Layer 3, not the last."),
            List.of(new Benchmark.Row("Whisper large-v3", 0.9126, 0.9243, 0.9184)));
    Report.write(RUN.with(benchmark), folder);

    assertThat(Report.read(folder).benchmark()).isEqualTo(benchmark);
    assertThat(folder.resolve("results.json"))
        .content()
        .contains("\"deviations\": [\n    \"Layer 3, not the last.\"\n  ]");
    assertThat(folder.resolve("tables.md"))
        .content()
        .contains("| Whisper large-v3, published | 91.3 | 92.4 | 91.8 |", "Layer 3, not the last.");
    assertThat(folder.resolve("report.html")).content().contains("Layer 3, not the last.");
  }

  private static FoldResult withoutAttention(FoldResult fold) {
    return new FoldResult(
        fold.name(),
        fold.predictions(),
        fold.epochs(),
        fold.chosenEpoch(),
        List.of(),
        fold.uncalibrated(),
        fold.thresholds());
  }

  @Test
  void writingItAgainGivesTheSameNumbers() throws IOException {
    Path again = folder.resolve("again");
    Report.write(Report.read(folder), again);

    assertThat(again.resolve("results.json"))
        .hasSameTextualContentAs(folder.resolve("results.json"));
    assertThat(again.resolve("predictions.csv"))
        .hasSameTextualContentAs(folder.resolve("predictions.csv"));
  }

  @Test
  void reportsFromBeforePromisesWereKeptAreRead() throws IOException {
    Path results = folder.resolve("results.json");
    JsonObject json = JsonParser.parseString(Files.readString(results)).getAsJsonObject();
    json.remove("decisions");
    for (JsonElement fold : json.getAsJsonArray("folds")) {
      assertThat(fold.getAsJsonObject().remove("uncalibrated")).isNotNull();
      assertThat(fold.getAsJsonObject().remove("thresholds")).isNotNull();
    }
    Files.writeString(results, json.toString());

    assertThat(Report.read(folder).folds())
        .hasSameSizeAs(RUN.folds())
        .allMatch(fold -> fold.uncalibrated().isEmpty() && fold.thresholds().isEmpty());
  }

  @Test
  void anUnfinishedReportIsNone() throws IOException {
    Files.delete(folder.resolve("results.json"));

    assertThatThrownBy(() -> Report.read(folder)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void cutOffResultsAreNamed() throws IOException {
    Path results = folder.resolve("results.json");
    Files.writeString(results, Files.readString(results).substring(0, 300));

    assertThatThrownBy(() -> Report.read(folder))
        .isInstanceOf(ReportFormatException.class)
        .hasMessageStartingWith(results + ": expected the results of a run");
  }

  @Test
  void otherJsonIsNoReport() throws IOException {
    Files.writeString(folder.resolve("results.json"), "{\"title\": \"a shopping list\"}");

    assertThatThrownBy(() -> Report.read(folder)).isInstanceOf(ReportFormatException.class);
  }

  @Test
  void aFoldWithoutPredictionsIsNamed() throws IOException {
    Path results = folder.resolve("results.json");
    String text = Files.readString(results);
    Files.writeString(results, text.replaceFirst("\"name\": \"03\"", "\"name\": \"99\""));

    assertThatThrownBy(() -> Report.read(folder))
        .isInstanceOf(ReportFormatException.class)
        .hasMessageContaining("fold 99 is in results.json, but predictions.csv has only [03");
  }
}
