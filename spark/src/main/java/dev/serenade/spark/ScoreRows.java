package dev.serenade.spark;

import dev.serenade.analysis.Analysis;
import dev.serenade.audio.Gap;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Results as Spark's rows. What does not apply is null. */
final class ScoreRows {

  static final StructType SCHEMA =
      StructType.fromDDL(
          """
          path STRING, error_code STRING, error_message STRING, duration_seconds DOUBLE,
          emotion STRING, confidence DOUBLE, abstained BOOLEAN, scores MAP<STRING, DOUBLE>,
          gaps ARRAY<STRUCT<start_seconds: DOUBLE, end_seconds: DOUBLE, message: STRING>>,
          timeline ARRAY<STRUCT<start_seconds: DOUBLE, end_seconds: DOUBLE, emotion: STRING,
            confidence: DOUBLE, abstained: BOOLEAN, scores: MAP<STRING, DOUBLE>>>,
          embedding ARRAY<FLOAT>
          """);

  private static final int COLUMNS = SCHEMA.fields().length;

  private ScoreRows() {}

  /** Returns the row of a recording, with its timeline and embedding if they are wanted. */
  static Row row(ScoredRecording scored, boolean timeline, boolean embedding) {
    @SuppressWarnings("NullAway") // Spark's rows say by null that there is nothing.
    Object[] values = new Object[COLUMNS];
    values[0] = scored.path();
    Optional<ScoringError> error = scored.error();
    if (error.isPresent()) {
      values[1] = error.get().code();
      values[2] = error.get().message();
    }
    if (scored.analysis().isPresent()) {
      Analysis analysis = scored.analysis().get();
      Recognition recognition = analysis.recognition();
      values[3] = recognition.durationSeconds();
      values[4] = recognition.emotion();
      values[5] = recognition.confidence();
      values[6] = recognition.abstained();
      values[7] = map(recognition.scores());
      values[8] = array(analysis.gaps().stream().map(ScoreRows::gap).toList());
      if (timeline) {
        values[9] = array(analysis.timeline().stream().map(ScoreRows::segment).toList());
      }
      if (embedding) {
        List<Float> vector = new ArrayList<>();
        for (float value : recognition.embedding().toArray()) {
          vector.add(value);
        }
        values[10] = array(vector);
      }
    }
    return RowFactory.create(values);
  }

  private static Row gap(Gap gap) {
    return RowFactory.create(gap.startSeconds(), gap.endSeconds(), gap.detail());
  }

  private static Row segment(TimelineSegment segment) {
    return RowFactory.create(
        segment.startSeconds(),
        segment.endSeconds(),
        segment.emotion(),
        segment.confidence(),
        segment.abstained(),
        map(segment.scores()));
  }

  private static Object map(EmotionScores scores) {
    return CollectionConverters.asScala(scores.probabilities());
  }

  private static Object array(List<?> values) {
    return CollectionConverters.asScala(values).toSeq();
  }
}
