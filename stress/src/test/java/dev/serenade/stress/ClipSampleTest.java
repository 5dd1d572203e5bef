package dev.serenade.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipSampleTest {

  /** Far more angry men than anything else. */
  private static List<Utterance> clips() {
    List<Utterance> clips = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      clips.add(Clips.clip("m-angry-" + i, "m" + i % 3, "male", "angry"));
    }
    for (int i = 0; i < 10; i++) {
      clips.add(Clips.clip("m-sad-" + i, "m" + i % 3, "male", "sad"));
      clips.add(Clips.clip("f-angry-" + i, "f" + i % 3, "female", "angry"));
      clips.add(Clips.clip("f-sad-" + i, "f" + i % 3, "female", "sad"));
    }
    return clips;
  }

  private static long count(List<Utterance> sample, String prefix) {
    return sample.stream().filter(clip -> clip.id().startsWith(prefix)).count();
  }

  @Test
  void everyEmotionOfEverySexIsThereAlike() {
    List<Utterance> sample = ClipSample.of(clips(), 24, 5);

    assertThat(sample).hasSize(24).doesNotHaveDuplicates();
    for (String cell : List.of("m-angry", "m-sad", "f-angry", "f-sad")) {
      assertThat(count(sample, cell)).as(cell).isEqualTo(6);
    }
  }

  @Test
  void everySpeakerIsThereAlike() {
    List<Utterance> sample = ClipSample.of(clips(), 24, 6);
    for (String speaker : List.of("m0", "m1", "m2", "f0", "f1", "f2")) {
      assertThat(sample.stream().filter(clip -> clip.speaker().equals(speaker))).hasSize(4);
    }
  }

  @Test
  void whatIsShortIsMadeUpFor() {
    List<Utterance> sample = ClipSample.of(clips(), 60, 1);
    assertThat(sample).hasSize(60);
    assertThat(count(sample, "f-sad")).isEqualTo(10);
    assertThat(count(sample, "m-angry")).isEqualTo(30);
  }

  @Test
  void allAreTakenIfThereAreNoMore() {
    assertThat(ClipSample.of(clips(), 1000, 1)).isEqualTo(clips());
  }

  @Test
  void theSeedDecides() {
    assertThat(ClipSample.of(clips(), 12, 1))
        .isEqualTo(ClipSample.of(clips(), 12, 1))
        .isNotEqualTo(ClipSample.of(clips(), 12, 2));
  }
}
