package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExplanationEvaluationTest {

  @Test
  void theSampleHasAsManyOfEachEmotionAsCanBe() {
    List<Utterance> clips = new ArrayList<>();
    addClips(clips, Emotion.ANGRY, 30);
    addClips(clips, Emotion.SAD, 30);
    addClips(clips, Emotion.HAPPY, 2);
    List<Utterance> sample = ExplanationEvaluation.sample(clips, 12, new SplittableRandom(1));

    assertThat(sample).hasSize(12).doesNotHaveDuplicates().isSubsetOf(clips);
    assertThat(sample.stream().filter(clip -> clip.emotion().equals(Emotion.HAPPY))).hasSize(2);
    assertThat(sample.stream().filter(clip -> clip.emotion().equals(Emotion.SAD))).hasSize(5);
    assertThat(ExplanationEvaluation.sample(clips, 12, new SplittableRandom(1))).isEqualTo(sample);
    assertThat(ExplanationEvaluation.sample(clips, 12, new SplittableRandom(2)))
        .isNotEqualTo(sample);
    assertThat(ExplanationEvaluation.sample(clips, 99, new SplittableRandom(1)))
        .containsExactlyInAnyOrderElementsOf(clips);
  }

  private static void addClips(List<Utterance> clips, Emotion emotion, int count) {
    for (int i = 0; i < count; i++) {
      String id = emotion.name() + i;
      clips.add(Utterance.builder(id, Path.of(id + ".wav"), "s" + i % 3, emotion).build());
    }
  }
}
