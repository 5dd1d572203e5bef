package dev.serenade.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.analysis.Analysis;
import dev.serenade.audio.Gap;
import dev.serenade.evaluation.figure.TimelinePicture;
import dev.serenade.evaluation.figure.TimelinePicture.Column;
import dev.serenade.recognition.Abstention;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.FloatVector;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.timeline.TimelineCell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimelineTraceTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 359, 360, 361, 720, 5000, 100_001})
  void columnsCoverAllCellsAndKeepTheirMeanHoweverManyThereAre(int cells) {
    TimelineTrace trace = new TimelineTrace(List.of("angry", "sad"));
    double sum = 0;
    for (int i = 0; i < cells; i++) {
      double angry = 0.5 + 0.4 * Math.sin(i * 0.01);
      sum += angry;
      trace.add(
          List.of(new TimelineCell(2 * i, 2 * i + 2, 2, Optional.of(scores(angry)))), List.of());
    }
    TimelinePicture picture =
        trace.picture(
            Track.whole("a.wav"),
            new Analysis(
                new Recognition(
                    2.0 * cells, scores(0.9), FloatVector.of(), FloatVector.of(), Abstention.NONE),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(new Gap(1, 1.5, "a frame is damaged"))));

    assertThat(picture.gaps())
        .containsExactly(new TimelinePicture.Gap(1, 1.5, "a frame is damaged"));
    List<Column> columns = picture.columns();
    assertThat(columns.size()).isBetween(Math.min(cells, 180), 360);
    double before = 0;
    double mean = 0;
    for (Column column : columns) {
      assertThat(column.startSeconds()).isEqualTo(before);
      before = column.endSeconds();
      mean += column.scores().get(0) * (column.endSeconds() - column.startSeconds());
    }
    assertThat(before).isEqualTo(2.0 * cells);
    assertThat(mean / before).isCloseTo(sum / cells, within(1e-9));
  }

  private static EmotionScores scores(double angry) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("angry", angry);
    scores.put("sad", 1 - angry);
    return new EmotionScores(scores);
  }
}
