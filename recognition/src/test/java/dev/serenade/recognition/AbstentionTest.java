package dev.serenade.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.recognition.timeline.TimelineSegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AbstentionTest {

  private static final EmotionScores SCORES = scores(0.2, 0.5, 0.3);

  private static EmotionScores scores(double angry, double happy, double sad) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("angry", angry);
    scores.put("happy", happy);
    scores.put("sad", sad);
    return new EmotionScores(scores);
  }

  private static Recognition heard(Abstention abstention) {
    return new Recognition(1, SCORES, FloatVector.of(1f), FloatVector.of(1f), abstention);
  }

  @Test
  void onlyWhoIsLessSureAbstainsAndKeepsTheScores() {
    Recognition heard = heard(Abstention.NONE);
    assertThat(heard.abstainingBelow(0.5)).isEqualTo(heard);
    Recognition unsure = heard.abstainingBelow(0.51);
    assertThat(unsure.abstained()).isTrue();
    assertThat(unsure.abstention()).isEqualTo(Abstention.UNSURE);
    assertThat(unsure.scores()).isEqualTo(SCORES);
  }

  @Test
  void silenceStaysSilence() {
    assertThat(heard(Abstention.SILENT).abstainingBelow(0.9).abstention())
        .isEqualTo(Abstention.SILENT);
  }

  @Test
  void segmentsAbstainEachForItself() {
    TimelineSegment segment = new TimelineSegment(0, 1, SCORES, Abstention.NONE);
    assertThat(segment.abstained()).isFalse();
    assertThat(segment.abstainingBelow(0.4)).isEqualTo(segment);
    assertThat(segment.abstainingBelow(0.6).abstention()).isEqualTo(Abstention.UNSURE);
  }

  @Test
  void aSetHoldsWhatIsProbableEnoughAndNeverNothing() {
    assertThat(SCORES.atLeast(0.3)).isEqualTo(List.of("happy", "sad"));
    assertThat(SCORES.atLeast(0.9)).isEqualTo(List.of("happy"));
    assertThat(SCORES.atLeast(0)).isEqualTo(List.of("angry", "happy", "sad"));
  }
}
