package dev.serenade.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class ScoreJobTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return ScoreJob.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private Dataset<Row> table() {
    return SparkSession.active().read().parquet(folder.resolve("table").toString());
  }

  private int score(String... more) {
    String[] arguments = {
      "--input", folder.resolve("in").toString(), "--output", folder.resolve("table").toString()
    };
    return run(Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new));
  }

  private Map<String, FileTime> parts() throws IOException {
    Map<String, FileTime> parts = new TreeMap<>();
    try (Stream<Path> folders = Files.list(folder.resolve("table"))) {
      for (Path part : folders.toList()) {
        Path scores = part.resolve("scores.parquet");
        if (Files.exists(scores)) {
          parts.put(String.valueOf(part.getFileName()), Files.getLastModifiedTime(scores));
        }
      }
    }
    return parts;
  }

  @Test
  void theTableIsWhatIsHeardWithoutSparkAndGoesOnWhereItWasLeft() throws IOException {
    Samples.mixture(folder.resolve("in"));
    var expected = Samples.heard(folder.resolve("in"));
    assertThat(score("--part-files", "3")).as(err.toString()).isEqualTo(1);
    ScoredTable.assertHolds(table(), expected);
    assertThat(table().where("error_code = 'empty' AND path LIKE '%/empty.wav'").count())
        .isEqualTo(1);
    Map<String, FileTime> before = parts();
    assertThat(before).hasSize((expected.size() + 2) / 3);

    // As if it had been killed: a part was not written, another half, a third is nothing but a
    // folder.
    Files.delete(folder.resolve("table/part=2/scores.parquet"));
    Files.delete(folder.resolve("table/part=2/.scores.parquet.crc"));
    Files.createDirectories(folder.resolve("table/_temporary"));
    Files.writeString(folder.resolve("table/_temporary/part-2-x.parquet"), "half");
    assertThat(score("--part-files", "3")).isEqualTo(1);
    assertThat(out.toString())
        .contains("%d of them finished before, 1 to do".formatted(before.size() - 1));
    ScoredTable.assertHolds(table(), expected);
    Map<String, FileTime> after = parts();
    assertThat(folder.resolve("table/_temporary")).doesNotExist();
    before.remove("part=2");
    assertThat(after).containsKey("part=2").containsAllEntriesOf(before);

    // What is new is added, and nothing else is done.
    Files.copy(Samples.clips().get(1), folder.resolve("in/new.flac"));
    assertThat(score()).isEqualTo(1);
    String known = "file:" + folder.resolve("in").resolve(Samples.clips().get(1).getFileName());
    expected.put("file:" + folder.resolve("in/new.flac"), expected.get(known));
    ScoredTable.assertHolds(table(), expected);
    assertThat(parts()).hasSize(after.size() + 1).containsAllEntriesOf(after);
  }

  @Test
  void aTableOfPathsIsScoredOnce() throws IOException {
    Samples.copies(folder.resolve("in"), 3);
    Files.writeString(
        folder.resolve("calls.csv"),
        "id,recording\n1,in/clip-000.flac\n2,in/clip-001.flac\n3,\"in/clip-000.flac\"\n4,in/gone.flac\n");
    assertThat(
            run(
                "--paths",
                folder.resolve("calls.csv").toString(),
                "--path-column",
                "recording",
                "-o",
                folder.resolve("table").toString(),
                "-t",
                "--embedding"))
        .as(err.toString())
        .isEqualTo(1);
    assertThat(table().count()).isEqualTo(3);
    assertThat(table().where("error_code = 'not-found'").count()).isEqualTo(1);
    assertThat(table().where("size(embedding) = 256 AND size(timeline) > 0").count()).isEqualTo(2);
    assertThat(table().schema().fieldNames()).endsWith("embedding", "part");
    Dataset<Row> nested = table().select("timeline", "scores", "gaps");
    assertThat(nested.schema().apply("timeline").dataType())
        .isEqualTo(EmotionScoring.schema().apply("timeline").dataType());
    assertThat(nested.schema().apply("gaps").dataType())
        .isEqualTo(EmotionScoring.schema().apply("gaps").dataType());
  }

  @Test
  void otherSettingsAreRefusedForATableThatWasBegun() throws IOException {
    Samples.copies(folder.resolve("in"), 2);
    assertThat(score()).as(err.toString()).isZero();
    assertThat(score("--abstain-below", "0.9", "-t")).isEqualTo(3);
    assertThat(err.toString())
        .contains("begun by other settings")
        .contains("leastConfidence was 0.0 and would be 0.9")
        .contains("timeline was \"none\" and would be \"4.0 s every 2.0 s\"");
    assertThat(table().count()).isEqualTo(2);
  }

  @Test
  void whatCannotRunSaysWhy() throws IOException {
    Samples.copies(folder.resolve("in"), 1);
    Path model = Files.writeString(folder.resolve("bad.serenade"), "no model");
    assertThat(score("--model", model.toString())).isEqualTo(3);
    assertThat(score("--model", folder + "/none.serenade")).isEqualTo(3);
    assertThat(run("-i", folder + "/nowhere", "-o", folder + "/a")).isEqualTo(3);
    assertThat(run("-i", Files.createDirectory(folder.resolve("b")) + "", "-o", folder + "/a"))
        .isEqualTo(3);
    assertThat(run("-i", folder + "/in", "-o", folder.toString())).isEqualTo(3);
    assertThat(err.toString().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("cannot load the model").contains("bad.serenade"),
            line -> assertThat(line).contains("cannot load the model").contains("none.serenade"),
            line ->
                assertThat(line).contains("--input: no such file or folder").contains("nowhere"),
            line -> assertThat(line).contains("--input: no audio files in"),
            line -> assertThat(line).contains("--output: expected a new or empty folder"));
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingIsDone() {
    List<String[]> wrong =
        List.of(
            new String[] {"-o", "x"},
            new String[] {"-i", "x"},
            new String[] {"-i", "x", "--paths", "y", "-o", "z"},
            new String[] {"-i", "x", "-o", "z", "--window", "3"},
            new String[] {"-i", "x", "-o", "z", "-t", "--window", "-3"},
            new String[] {"-i", "x", "-o", "z", "--part-files", "0"},
            new String[] {"-i", "x", "-o", "z", "--max-seconds", "0"},
            new String[] {"-i", "x", "-o", "z", "--precision", "auto"},
            new String[] {"-i", "x", "-o", "z", "--abstain-below", "2"});
    for (String[] arguments : wrong) {
      assertThat(run(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
    }
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--part-files", "Examples:");
  }
}
