package dev.serenade.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.significance.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeakageGapTest {

  /** Sums over folds in another order. */
  private static final double ROUNDING = 1e-12;

  private static final EvaluationRun SHARED =
      MadeUpRun.of("emobox:/lists/emodb", List.of("Speakers are shared."), 3.5);

  private static final EvaluationRun APART = MadeUpRun.of("leave-one-speaker-out", List.of(), 2);

  @Test
  void theGapIsSharedMinusApart() {
    LeakageGap gap = LeakageGap.of(SHARED, APART);
    for (Comparison comparison : gap.comparisons()) {
      Metric metric = (Metric) comparison.metric();
      double expected = metric.of(SHARED.predictions()) - metric.of(APART.predictions());
      assertThat(comparison.difference()).isCloseTo(expected, within(ROUNDING)).isPositive();
      assertThat(comparison.interval95().contains(comparison.difference())).isTrue();
    }
    assertThat(gap.comparisons())
        .extracting(Comparison::metric)
        .containsExactly(
            Metric.UNWEIGHTED_AVERAGE_RECALL, Metric.WEIGHTED_ACCURACY, Metric.MACRO_F1);
  }

  @Test
  void aRunHasNoGapToItself() {
    assertThat(LeakageGap.of(SHARED, SHARED).comparisons())
        .allSatisfy(
            comparison -> {
              assertThat(comparison.difference()).isZero();
              assertThat(comparison.differenceShown()).isFalse();
            });
  }

  @Test
  void pageTablesAndNumbersAreWritten(@TempDir Path folder) throws IOException {
    LeakageGap gap = LeakageGap.of(SHARED, APART);
    gap.write(folder);

    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve(LeakageGap.JSON))).getAsJsonObject();
    JsonObject recall = json.getAsJsonArray("gaps").get(0).getAsJsonObject();
    assertThat(recall.get("metric").getAsString()).isEqualTo("unweightedAverageRecall");
    assertThat(recall.get("gap").getAsDouble()).isEqualTo(gap.comparisons().get(0).difference());
    assertThat(folder.resolve("report.html")).content().contains("Speakers are shared.", "Gap");
    assertThat(folder.resolve("tables.md"))
        .content()
        .contains("emodb against leave-one-speaker-out")
        .contains("| metric | speakers shared, % | speakers apart, % | gap |");
  }
}
