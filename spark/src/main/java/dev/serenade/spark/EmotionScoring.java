package dev.serenade.spark;

import dev.serenade.analysis.DoubtException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Scores the recordings of a data set.
 *
 * <pre>{@code
 * Dataset<Row> recordings = spark.read().format("binaryFile").load("s3a://calls/2026/").select("path");
 * Dataset<Row> scored = EmotionScoring.score(recordings, ScoringOptions.DEFAULT);
 * scored.where("error_code IS NULL").groupBy("emotion").count().show();
 * }</pre>
 *
 * <p>The model is read by the driver and broadcast once; each executor has one session, which its
 * tasks share, each of them with {@code spark.task.cpus} threads. A recording's scores are those
 * that {@code serenade predict} gives, whichever worker it is on and whatever else it scores.
 */
public final class EmotionScoring {

  private EmotionScoring() {}

  /**
   * Returns a row for each recording, computed when it is asked for. The columns are those of
   * {@link #schema}; the rows are in the order and partitions of the recordings.
   *
   * @param recordings with a column {@code path} and, optionally, {@code content} with the bytes of
   *     each, as Spark's {@code binaryFile} gives them. Without {@code content}, or where it is
   *     null, a recording is read as a stream from its path, which takes memory for none of it and
   *     has no limit at 2 GB
   * @throws IOException if the model cannot be read
   * @throws DoubtException if the model cannot abstain as is wanted
   * @throws IllegalArgumentException if there is no column {@code path} of strings, or one {@code
   *     content} of something else than bytes
   */
  public static Dataset<Row> score(Dataset<Row> recordings, ScoringOptions options)
      throws IOException, DoubtException {
    StructType columns = recordings.schema();
    requirePaths(columns);
    boolean content = columns.getFieldIndex("content").isDefined();
    if (content && !(columns.apply("content").dataType() instanceof BinaryType)) {
      throw new IllegalArgumentException(
          "expected a column content of bytes, found " + columns.apply("content").dataType());
    }
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(recordings.sparkSession().sparkContext());
    ScoringModel model = ScoringModel.read(options, context.hadoopConfiguration());
    ScoringSettings settings = ScoringSettings.of(context, model, options);
    MapPartitionsFunction<Row, Row> function =
        rows -> {
          Iterator<ScoredRecording> scored =
              settings.score(sources(rows, content), TaskContext.get());
          return rows(scored, settings.timeline().isPresent(), settings.embedding());
        };
    Dataset<Row> input = content ? recordings.select("path", "content") : recordings.select("path");
    return input.mapPartitions(function, Encoders.row(schema()));
  }

  /** Returns the columns of results; see {@code docs/spark.md}. */
  public static StructType schema() {
    return ScoreRows.SCHEMA;
  }

  private static void requirePaths(StructType columns) {
    if (!columns.getFieldIndex("path").isDefined()
        || !(columns.apply("path").dataType() instanceof StringType)) {
      throw new IllegalArgumentException(
          "expected a column path of strings, found " + columns.simpleString());
    }
  }

  private static Iterator<RecordingSource> sources(Iterator<Row> rows, boolean content) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public RecordingSource next() {
        Row row = rows.next();
        String path = row.isNullAt(0) ? "" : row.getString(0);
        return content && !row.isNullAt(1)
            ? new RecordingSource(path, Optional.of(row.<byte[]>getAs(1)))
            : RecordingSource.at(path);
      }
    };
  }

  private static Iterator<Row> rows(
      Iterator<ScoredRecording> scored, boolean timeline, boolean embedding) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return scored.hasNext();
      }

      @Override
      public Row next() {
        return ScoreRows.row(scored.next(), timeline, embedding);
      }
    };
  }
}
