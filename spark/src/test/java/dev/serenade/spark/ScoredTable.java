package dev.serenade.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.Recognition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares rows of results with what is heard without Spark. */
final class ScoredTable {

  private ScoredTable() {}

  /** Expects a row for each recording, none twice, and exactly these scores. */
  static void assertHolds(Dataset<Row> table, Map<String, Optional<Recognition>> expected) {
    List<Row> rows = table.collectAsList();
    assertThat(rows.stream().map(row -> row.<String>getAs("path")))
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    for (Row row : rows) {
      String path = row.getAs("path");
      Optional<Recognition> heard = expected.getOrDefault(path, Optional.empty());
      if (heard.isEmpty()) {
        assertThat(row.<String>getAs("error_code")).as(path).isNotNull();
        assertThat(row.<String>getAs("error_message")).startsWith(path + ": ");
        assertThat(row.<Object>getAs("scores")).isNull();
      } else {
        assertThat(row.<String>getAs("error_code")).as(path).isNull();
        assertThat(row.<Double>getAs("duration_seconds")).isEqualTo(heard.get().durationSeconds());
        assertThat(row.<String>getAs("emotion")).isEqualTo(heard.get().emotion());
        assertThat(row.<Double>getAs("confidence")).isEqualTo(heard.get().confidence());
        assertThat(row.<Boolean>getAs("abstained")).isEqualTo(heard.get().abstained());
        assertThat(row.<String, Double>getJavaMap(row.fieldIndex("scores")))
            .as(path)
            .isEqualTo(heard.get().scores().probabilities());
      }
    }
  }
}
