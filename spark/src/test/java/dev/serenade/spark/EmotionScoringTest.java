package dev.serenade.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.analysis.DoubtException;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class EmotionScoringTest {

  @TempDir private Path folder;

  private static Dataset<Row> listed(Path folder) {
    return SparkSession.active()
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", "true")
        .option("pathGlobFilter", "*.{flac,wav,mp3}")
        .load(folder.toString());
  }

  @Test
  void rowsAreWhatIsHeardWithoutSpark() throws IOException, DoubtException {
    Samples.mixture(folder);
    var expected = Samples.heard(folder);
    // Spark's binaryFile leaves it out.
    assertThat(expected.remove("file:" + folder.resolve("empty.wav"))).isEmpty();
    Dataset<Row> streamed =
        EmotionScoring.score(listed(folder).select("path"), ScoringOptions.DEFAULT).cache();
    ScoredTable.assertHolds(streamed, expected);
    // The bytes in the table, as binaryFile gives them, are the same recordings.
    ScoredTable.assertHolds(EmotionScoring.score(listed(folder), ScoringOptions.DEFAULT), expected);

    Map<String, String> errors =
        streamed.where("error_code IS NOT NULL").collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row -> row.<String>getAs("path").replaceFirst(".*/", ""),
                    row -> row.getAs("error_code")));
    assertThat(errors).containsEntry("text.mp3", "not-audio").containsKey("huge-header.wav");
    assertThat(
            streamed.where("size(gaps) > 0").select("path").as(Encoders.STRING()).collectAsList())
        .singleElement()
        .asString()
        .endsWith("truncated.flac");
    assertThat(ExecutorRecognizers.OF_THIS_JVM.loads())
        .as("sessions of all tasks of this JVM")
        .isEqualTo(1);
  }

  @Test
  void timelinesAndEmbeddingsAreThoseOfTheRecogniser() throws IOException, DoubtException {
    Samples.mixture(folder);
    Path file = folder.resolve("long.wav");
    Dataset<Row> paths =
        SparkSession.active()
            .createDataset(List.of(file.toString()), Encoders.STRING())
            .toDF("path");
    Row row =
        EmotionScoring.score(
                paths, ScoringOptions.DEFAULT.withTimeline(Timeline.DEFAULT).withEmbedding())
            .first();
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault(new SessionSettings(1))) {
      var whole = AudioDecoder.create().decode(file);
      List<TimelineSegment> segments = Timeline.DEFAULT.of(recognizer, whole);
      List<Row> found = row.getList(row.fieldIndex("timeline"));
      assertThat(found.stream().map(segment -> segment.<Double>getAs("start_seconds")))
          .hasSizeGreaterThan(1)
          .containsExactlyElementsOf(segments.stream().map(TimelineSegment::startSeconds).toList());
      assertThat(found.stream().map(segment -> segment.<Double>getAs("confidence")))
          .containsExactlyElementsOf(segments.stream().map(TimelineSegment::confidence).toList());
      float[] vector = recognizer.recognize(whole).embedding().toArray();
      assertThat(row.<Float>getList(row.fieldIndex("embedding")))
          .hasSize(vector.length)
          .startsWith(vector[0], vector[1]);
    }
  }

  @Test
  void limitsMissingFilesAndNonsenseAreErrorRows() throws IOException, DoubtException {
    Samples.mixture(folder);
    String clip = folder.resolve("deep/er/a clip.flac").toString();
    String tooLong = folder.resolve("long.wav").toString();
    List<String> paths =
        List.of(clip, tooLong, folder + "/none.wav", "", "no-such-scheme://x/a.wav", "a:b:c");
    Dataset<Row> scored =
        EmotionScoring.score(
            SparkSession.active().createDataset(paths, Encoders.STRING()).toDF("path").coalesce(1),
            ScoringOptions.DEFAULT.withLimits(new RecordingLimits(10, 1 << 20)));
    List<Row> rows = scored.collectAsList();
    assertThat(rows.stream().map(row -> row.<String>getAs("path")))
        .containsExactlyElementsOf(paths);
    assertThat(rows.stream().map(row -> String.valueOf(row.<Object>getAs("error_code"))))
        .containsExactly(
            "null", "too-large", "not-found", "unreadable", "unreadable", "unreadable");

    Dataset<Row> longer =
        EmotionScoring.score(
            SparkSession.active().createDataset(List.of(tooLong), Encoders.STRING()).toDF("path"),
            ScoringOptions.DEFAULT.withLimits(new RecordingLimits(10, 1 << 30)));
    assertThat(longer.first().<String>getAs("error_code")).isEqualTo("too-long");
  }

  @Test
  void aTableWithoutPathsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EmotionScoring.score(
                    SparkSession.active().range(3).toDF("id"), ScoringOptions.DEFAULT))
        .withMessageContaining("expected a column path of strings");
  }
}
