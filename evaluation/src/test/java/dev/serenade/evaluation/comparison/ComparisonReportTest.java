package dev.serenade.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.RandomPredictions;
import dev.serenade.evaluation.significance.Comparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonReportTest {

  private static final Metric WA = Metric.WEIGHTED_ACCURACY;
  private static final Predictions RUN = RandomPredictions.of(4, 10, 20);

  @TempDir private Path folder;

  /** Returns a run that is certain and right about every clip. */
  private static Predictions perfect() {
    return Predictions.of(
        RUN.asList().stream()
            .map(
                p -> {
                  double[] certain = new double[RandomPredictions.CLASSES.size()];
                  certain[p.actualIndex()] = 1;
                  return new Prediction(
                      p.clip(),
                      p.speaker(),
                      p.fold(),
                      p.actual(),
                      ClassProbabilities.of(RandomPredictions.CLASSES, certain));
                })
            .toList());
  }

  private static ComparisonSummary summary(ComparedRun... runs) {
    return ComparisonSummary.of(AlignedRuns.of(List.of(runs)), WA, 1);
  }

  @Test
  void theBetterRunIsNamedAndEveryFlipListed() {
    ComparisonSummary summary =
        summary(new ComparedRun("ours", RUN), new ComparedRun("theirs", perfect()));
    RunComparison one = summary.comparisons().get(0);
    long wrong = RUN.asList().stream().filter(p -> !p.correct()).count();

    assertThat(one.verdict(one.by(WA))).isEqualTo("B is better");
    assertThat(one.won()).hasSize((int) wrong);
    assertThat(one.lost()).isEmpty();
    // The other run gives classes only, so there is no calibration to compare.
    assertThat(one.measures()).hasSize(Metric.values().length);
    assertThat(summary.showsALoss()).isFalse();
    assertThat(
            summary(new ComparedRun("theirs", perfect()), new ComparedRun("ours", RUN))
                .showsALoss())
        .isTrue();
  }

  @Test
  void severalRunsHaveTheirPValuesAdjusted() {
    ComparedRun first = new ComparedRun("a", RUN);
    ComparedRun second = new ComparedRun("b", perfect());
    Comparison alone = summary(first, second).comparisons().get(0).by(WA);
    ComparisonSummary three = summary(first, second, first);

    assertThat(three.comparisons().get(0).by(WA).pValue())
        .isCloseTo(2 * alone.pValue(), within(1e-15));
    assertThat(three.comparisons().get(1).by(WA).verdict()).isEqualTo("no difference shown");
    assertThat(three.comparisons().get(1).measures()).hasSize(Metric.values().length + 3);
  }

  @Test
  void theFolderHoldsPageJsonTablesAndFigures() throws Exception {
    ComparedRun first =
        new ComparedRun("a <1>", "x", Optional.of("given"), List.of("Beware."), RUN);
    ComparedRun second =
        new ComparedRun("b", "y", Optional.of("speaker-folds:5"), List.of(), perfect());
    ComparisonReport.write(summary(first, second), folder);
    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve(ComparisonReport.JSON)))
            .getAsJsonObject();
    JsonObject comparison = json.getAsJsonArray("comparisons").get(0).getAsJsonObject();

    assertThat(folder.resolve(ComparisonReport.PAGE))
        .content()
        .contains("a &lt;1&gt;", "A: Beware.", "different protocols", "B is better", "noise floor");
    assertThat(folder.resolve("tables.md")).content().startsWith("> A: Beware.");
    assertThat(folder.resolve("figures")).isDirectoryContaining("glob:**/recalls-b.svg");
    assertThat(comparison.get("verdict").getAsString()).isEqualTo("B is better");
    assertThat(comparison.getAsJsonArray("perSpeaker")).hasSize(10);
    assertThat(comparison.getAsJsonArray("perClass")).hasSize(4);
    assertThat(json.get("leastPValue").getAsDouble()).isEqualTo(2.0 / 1024);
  }

  @Test
  void theSameRunsGiveTheSameBytes() throws Exception {
    ComparisonSummary summary = summary(new ComparedRun("a", RUN), new ComparedRun("b", perfect()));
    ComparisonReport.write(summary, folder.resolve("1"));
    ComparisonReport.write(summary, folder.resolve("2"));
    for (String file : List.of(ComparisonReport.PAGE, ComparisonReport.JSON, "tables.tex")) {
      assertThat(folder.resolve("1").resolve(file))
          .hasSameTextualContentAs(folder.resolve("2").resolve(file));
    }
  }
}
