package dev.serenade.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.PredictionsCsv;
import dev.serenade.evaluation.page.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {

  private static final String SHARED = "Speakers are shared by train and test, by definition.";

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() {
    folder = temporary.resolve("a/report");
  }

  @Test
  void theFolderHoldsEveryPartAndNothingElse() throws IOException {
    Report.write(MadeUpRun.of("leave-one-speaker-out", List.of()), folder);
    assertThat(names(folder))
        .containsExactly(
            "figures", "predictions.csv", "report.html", "results.json", "tables.md", "tables.tex");
    assertThat(names(folder.resolve("figures")))
        .containsExactly(
            "attention-1.svg",
            "attention-2.svg",
            "class-accuracy.svg",
            "confusion.svg",
            "folds.svg",
            "loss.svg",
            "reliability.svg",
            "risk-coverage.svg",
            "validation-accuracy.svg");
  }

  @Test
  void resultsAreThoseOfThePredictionsBesideThem() throws IOException {
    RunSummary summary =
        Report.write(MadeUpRun.of("leave-one-speaker-out", List.of(SHARED)), folder);
    JsonObject results = results();
    assertThat(results.get("protocol").getAsString()).isEqualTo("leave-one-speaker-out");
    assertThat(results.getAsJsonArray("classes")).hasSize(7);
    assertThat(results.getAsJsonArray("folds")).hasSize(10);
    assertThat(results.getAsJsonArray("perClass")).hasSize(7);
    assertThat(results.getAsJsonArray("confusion")).hasSize(7);
    assertThat(results.getAsJsonObject("calibration").keySet())
        .contains("expectedCalibrationError", "brierScore", "logLoss");
    assertThat(results.getAsJsonObject("provenance").get("encoder").getAsString())
        .startsWith("whisper-base");
    Predictions predictions = PredictionsCsv.read(folder.resolve("predictions.csv"));
    assertThat(predictions).isEqualTo(summary.predictions());
    for (Metric metric : Metric.values()) {
      JsonObject numbers = results.getAsJsonObject("summary").getAsJsonObject(metric.key());
      assertThat(numbers.keySet()).containsExactly("mean", "std", "pooled", "ci95Low", "ci95High");
      assertThat(numbers.get("pooled").getAsDouble()).isEqualTo(metric.of(predictions));
      assertThat(numbers.get("pooled").getAsDouble())
          .isBetween(numbers.get("ci95Low").getAsDouble(), numbers.get("ci95High").getAsDouble());
    }
  }

  @Test
  void aTestOfExplanationsHasItsSectionFiguresAndNumbers() throws IOException {
    EvaluationRun run = MadeUpRun.of("given", List.of());
    Report.write(run, folder);
    assertThat(results().keySet()).doesNotContain("explanation");
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("<h2>Explanations");
    Report.write(run.explained(MadeUpRun.explanation()), folder);

    assertThat(names(folder.resolve("figures"))).contains("deletion.svg", "insertion.svg");
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("<h2>Explanations</h2>", "better than random", "no better than random shown");
    assertThat(Files.readString(folder.resolve("tables.md")))
        .contains("| occlusion | better than random |", "| random order |");
    JsonObject explanation = results().getAsJsonObject("explanation");
    assertThat(explanation.get("clips").getAsInt()).isEqualTo(40);
    JsonObject occlusion = explanation.getAsJsonArray("orders").get(1).getAsJsonObject();
    assertThat(occlusion.get("name").getAsString()).isEqualTo("occlusion");
    JsonObject deletion = occlusion.getAsJsonObject("deletion");
    assertThat(deletion.keySet()).containsExactly("score", "ci95Low", "ci95High", "area", "curve");
    assertThat(deletion.get("score").getAsDouble())
        .isBetween(deletion.get("ci95Low").getAsDouble(), deletion.get("ci95High").getAsDouble());
    assertThat(deletion.getAsJsonArray("curve")).hasSize(11);
    assertThat(explanation.getAsJsonObject("random").getAsJsonArray("scores")).hasSize(5);
  }

  @Test
  void confidenceIsMeasuredBeforeAndAfterAndSoIsWhatWasPromised() throws IOException {
    RunSummary summary = Report.write(MadeUpRun.of("given", List.of()), folder);
    JsonObject calibration = results().getAsJsonObject("calibration");
    assertThat(calibration.getAsJsonObject("uncalibrated").get("logLoss").getAsDouble())
        .isEqualTo(summary.uncalibrated().orElseThrow().logLoss());
    JsonObject decisions = results().getAsJsonObject("decisions");
    assertThat(decisions.getAsJsonArray("byConfidence")).hasSize(5);
    JsonObject strict = decisions.getAsJsonArray("byTargetError").get(0).getAsJsonObject();
    assertThat(strict.get("foldsWithoutPromise").getAsInt()).isEqualTo(1);
    JsonObject set = decisions.getAsJsonArray("sets").get(1).getAsJsonObject();
    assertThat(set.get("covered").getAsDouble())
        .isBetween(set.get("ci95Low").getAsDouble(), set.get("ci95High").getAsDouble())
        .isGreaterThanOrEqualTo(set.get("worstSpeaker").getAsDouble());
    assertThat(Files.readString(folder.resolve("tables.md")))
        .contains("as trained | calibrated", "1 of 10", "worst speaker");
  }

  @Test
  void theSameRunGivesTheSameBytes() throws IOException {
    Report.write(MadeUpRun.of("given", List.of()), folder);
    Path again = temporary.resolve("again");
    Report.write(MadeUpRun.of("given", List.of()), again);
    for (String name : List.of("report.html", "results.json", "tables.md", "tables.tex")) {
      assertThat(again.resolve(name)).hasSameTextualContentAs(folder.resolve(name));
    }
  }

  @Test
  void theReadersLanguageChangesNoNumber() throws IOException {
    Report.write(MadeUpRun.of("given", List.of()), folder);
    Path arabic = temporary.resolve("arabic");
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      Report.write(MadeUpRun.of("given", List.of()), arabic);
    } finally {
      Locale.setDefault(before);
    }
    for (String name : List.of("report.html", "results.json", "tables.md", "figures/folds.svg")) {
      assertThat(arabic.resolve(name)).hasSameTextualContentAs(folder.resolve(name));
    }
  }

  @Test
  void sharedSpeakersAreTheFirstLine() throws IOException {
    Report.write(MadeUpRun.of("emobox", List.of(SHARED)), folder);
    String html = Files.readString(folder.resolve("report.html"));
    assertThat(html.substring(html.indexOf("<main>")))
        .startsWith("<main>\n<p class=\"caveat\">" + SHARED);
    assertThat(Files.readString(folder.resolve("tables.md"))).startsWith("> " + SHARED);
    assertThat(Files.readString(folder.resolve("tables.tex"))).startsWith("% " + SHARED);
    assertThat(results().getAsJsonArray("caveats").get(0).getAsString()).isEqualTo(SHARED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"as-released", "as-released:speaker-folds:5"})
  void theProtocolAsReleasedSaysSoItself(String protocol) throws IOException {
    Report.write(MadeUpRun.of(protocol, List.of(SHARED)), folder);
    String caveat = "Protocol as-released: as in the paper's released code";
    String html = Files.readString(folder.resolve("report.html"));
    assertThat(html.substring(html.indexOf("<main>"))).contains("<main>\n<p class=\"caveat\">");
    assertThat(Files.readString(folder.resolve("tables.md"))).startsWith("> " + caveat);
    assertThat(Files.readString(folder.resolve("tables.tex"))).startsWith("% " + caveat);
    assertThat(Files.readString(folder.resolve("results.json")))
        .startsWith("{\n  \"caveats\": [\n    \"" + caveat);
    for (Path figure : list(folder.resolve("figures"))) {
      assertThat(figure).content().containsPattern("<title>.*, as-released</title>");
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().contains("attention")).toList();
    }
  }

  @Test
  void otherProtocolsAreNotLabelled() throws IOException {
    Report.write(MadeUpRun.of("paper", List.of()), folder);
    assertThat(Files.readString(folder.resolve("report.html"))).doesNotContain("as-released");
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    Report.write(MadeUpRun.of("given", List.of()), folder);
    assertThat(Files.readString(folder.resolve("report.html")))
        .doesNotContain("<script", "<link", "<img", "@import", "src=", "url(");
  }

  @Test
  void whatIsUndefinedIsNullAndADash() throws IOException {
    Report.write(runWithoutAClassCalledC(), folder);
    JsonObject results = results();
    JsonObject perClass = results.getAsJsonArray("perClass").get(2).getAsJsonObject();
    assertThat(perClass.get("class").getAsString()).isEqualTo("c");
    assertThat(perClass.get("recall").isJsonNull()).isTrue();
    JsonObject recall =
        results.getAsJsonObject("summary").getAsJsonObject("unweightedAverageRecall");
    assertThat(recall.get("std").isJsonNull()).isTrue();
    assertThat(recall.get("ci95Low").isJsonNull()).isTrue();
    assertThat(recall.get("mean").getAsDouble()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("tables.md"))).contains("| c | – | – | – | – | 0 |");
  }

  @Test
  void anEarlierReportGivesWayAndOtherFilesStay() throws IOException {
    Report.write(MadeUpRun.of("given", List.of()), folder);
    Files.writeString(folder.resolve("config.yaml"), "mine");
    Report.write(runWithoutAClassCalledC(), folder);
    assertThat(names(folder)).contains("config.yaml", "results.json").hasSize(7);
    assertThat(names(folder.resolve("figures"))).doesNotContain("attention-1.svg", "loss.svg");
    assertThat(results().get("title").getAsString()).isEqualTo("tiny");
  }

  @Test
  void aFoldHoldsItsOwnPredictionsOnly() {
    Predictions predictions = MadeUpRun.of("given", List.of()).predictions();
    assertThatThrownBy(() -> new FoldResult("03", predictions))
        .hasMessageContaining("fold 03: expected predictions of this fold only");
  }

  @Test
  void latexAndMarkdownEscapeWhatTheyMust() {
    Table table =
        new Table("50 % & more", List.of("a_b", "c|d"), List.of(List.of("x^2\\", "1 ± 2")));
    assertThat(table.latex())
        .contains(
            "50 \\% \\& more",
            "a\\_b & c|d \\\\", "x\\textasciicircum{}2\\textbackslash{} & 1 $\\pm$ 2");
    assertThat(table.markdown()).contains("| a_b | c\\|d |\n| --- | ---: |\n| x^2\\ | 1 ± 2 |");
  }

  private static EvaluationRun runWithoutAClassCalledC() {
    ClassProbabilities a = ClassProbabilities.of(List.of("a", "b", "c"), 0.8, 0.1, 0.1);
    Predictions predictions = Predictions.of(List.of(new Prediction("1.wav", "s", "1", "a", a)));
    return new EvaluationRun(
        "tiny",
        "given",
        List.of(),
        List.of(new FoldResult("1", predictions)),
        Map.of("corpus", "none"),
        0);
  }

  private JsonObject results() throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("results.json")))
        .getAsJsonObject();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
