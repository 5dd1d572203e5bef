package dev.serenade.spark;

import dev.serenade.analysis.Analysis;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes results to a Parquet file with the columns of {@link EmotionScoring#schema}. */
final class ParquetScores implements Closeable {

  private static final String SCORES =
      """
      optional group scores (MAP) {
        repeated group key_value { required binary key (STRING); optional double value; }
      }
      """;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message recording {
            required binary path (STRING);
            optional binary error_code (STRING);
            optional binary error_message (STRING);
            optional double duration_seconds;
            optional binary emotion (STRING);
            optional double confidence;
            optional boolean abstained;
            %1$s
            optional group gaps (LIST) { repeated group list { optional group element {
              optional double start_seconds;
              optional double end_seconds;
              optional binary message (STRING);
            } } }
            optional group timeline (LIST) { repeated group list { optional group element {
              optional double start_seconds;
              optional double end_seconds;
              optional binary emotion (STRING);
              optional double confidence;
              optional boolean abstained;
              %1$s
            } } }
            optional group embedding (LIST) { repeated group list { optional float element; } }
          }
          """
              .formatted(SCORES));

  private final ParquetWriter<Group> writer;
  private final boolean timeline;
  private final boolean embedding;

  private ParquetScores(ParquetWriter<Group> writer, boolean timeline, boolean embedding) {
    this.writer = writer;
    this.timeline = timeline;
    this.embedding = embedding;
  }

  /**
   * Begins a file, which must not be there.
   *
   * @param timeline whether timelines are written
   * @param embedding whether embeddings are written
   */
  static ParquetScores create(Path file, Configuration hadoop, boolean timeline, boolean embedding)
      throws IOException {
    return new ParquetScores(
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
            .withConf(hadoop)
            .withType(SCHEMA)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build(),
        timeline,
        embedding);
  }

  void write(ScoredRecording scored) throws IOException {
    Group row = new SimpleGroup(SCHEMA);
    row.append("path", scored.path());
    Optional<ScoringError> error = scored.error();
    if (error.isPresent()) {
      row.append("error_code", error.get().code());
      row.append("error_message", error.get().message());
    }
    scored.analysis().ifPresent(analysis -> add(row, analysis));
    writer.write(row);
  }

  private void add(Group row, Analysis analysis) {
    Recognition recognition = analysis.recognition();
    row.append("duration_seconds", recognition.durationSeconds());
    row.append("emotion", recognition.emotion());
    row.append("confidence", recognition.confidence());
    row.append("abstained", recognition.abstained());
    add(row, recognition.scores());
    Group gaps = row.addGroup("gaps");
    analysis
        .gaps()
        .forEach(
            gap ->
                element(gaps)
                    .append("start_seconds", gap.startSeconds())
                    .append("end_seconds", gap.endSeconds())
                    .append("message", gap.detail()));
    if (timeline) {
      Group segments = row.addGroup("timeline");
      analysis
          .timeline()
          .forEach(
              segment ->
                  add(
                      element(segments)
                          .append("start_seconds", segment.startSeconds())
                          .append("end_seconds", segment.endSeconds())
                          .append("emotion", segment.emotion())
                          .append("confidence", segment.confidence())
                          .append("abstained", segment.abstained()),
                      segment.scores()));
    }
    if (embedding) {
      Group vector = row.addGroup("embedding");
      for (float value : recognition.embedding().toArray()) {
        vector.addGroup("list").append("element", value);
      }
    }
  }

  private static Group element(Group list) {
    return list.addGroup("list").addGroup("element");
  }

  private static void add(Group row, EmotionScores scores) {
    Group map = row.addGroup("scores");
    scores
        .probabilities()
        .forEach(
            (emotion, score) ->
                map.addGroup("key_value").append("key", emotion).append("value", score));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
