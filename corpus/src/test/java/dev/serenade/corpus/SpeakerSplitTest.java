package dev.serenade.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpeakerSplitTest {

  private static final Emotion[] CLASSES = {
    Emotion.ANGRY, Emotion.HAPPY, Emotion.NEUTRAL, Emotion.SAD
  };

  private static List<Utterance> clips(int speakers, int clipsEach, Random random) {
    List<Utterance> clips = new ArrayList<>();
    for (int s = 0; s < speakers; s++) {
      for (int c = 0; c < clipsEach; c++) {
        String id = "s%d-%d".formatted(s, c);
        // Every speaker has every class; beyond that, chance decides.
        Emotion emotion = CLASSES[c < CLASSES.length ? c : random.nextInt(CLASSES.length)];
        clips.add(
            Utterance.builder(id, Path.of(id), "s" + s, emotion)
                .sex(s % 2 == 0 ? "female" : "male")
                .build());
      }
    }
    return clips;
  }

  private static long seed() {
    String given = System.getProperty("test.seed", "");
    return given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
  }

  @Test
  void sameSeedGivesTheSameSpeakersInWhateverOrderTheClipsCome() {
    List<Utterance> clips = clips(12, 20, new Random(1));
    List<Utterance> reversed = new ArrayList<>(clips);
    Collections.reverse(reversed);

    Set<String> chosen = SpeakerSplit.validationSpeakers(clips, 0.2, 7);

    assertThat(SpeakerSplit.validationSpeakers(clips, 0.2, 7)).isEqualTo(chosen);
    assertThat(SpeakerSplit.validationSpeakers(reversed, 0.2, 7)).isEqualTo(chosen);
  }

  @Test
  void someButNotAllSpeakersAreHeldOutAndAllClassesAreOnBothSides() {
    for (int round = 0; round < 30; round++) {
      long seed = seed();
      Random random = new Random(seed);
      int speakers = 2 + random.nextInt(30);
      List<Utterance> clips = clips(speakers, 40, random);

      Set<String> chosen = SpeakerSplit.validationSpeakers(clips, 0.2, seed);

      assertThat(chosen).as("-Dtest.seed=%d", seed).isNotEmpty().hasSizeLessThan(speakers);
      Fold fold = new Fold("all", clips, List.of(), List.of()).withValidationSpeakers(chosen);
      assertThat(fold.train().size() + fold.validation().size()).isEqualTo(clips.size());
      assertThat(fold.validation()).extracting(Utterance::speaker).isSubsetOf(chosen);
      assertThat(fold.train()).extracting(Utterance::speaker).doesNotContainAnyElementsOf(chosen);
      for (List<Utterance> side : List.of(fold.train(), fold.validation())) {
        assertThat(side)
            .as("-Dtest.seed=%d", seed)
            .extracting(Utterance::emotion)
            .contains(CLASSES);
      }
    }
  }

  @Test
  void bothSexesAreHeldOutInProportion() {
    List<Utterance> clips = clips(20, 20, new Random(3));
    Set<String> chosen = SpeakerSplit.validationSpeakers(clips, 0.2, 1);
    assertThat(chosen).hasSize(4);
    assertThat(chosen.stream().filter(s -> Integer.parseInt(s.substring(1)) % 2 == 0)).hasSize(2);
  }

  @Test
  void aClassOfOneSpeakerStaysWhereItIsAndTheRestIsStillDivided() {
    List<Utterance> clips = clips(6, 20, new Random(4));
    clips.add(Utterance.builder("x", Path.of("x"), "s0", Emotion.BORED).build());
    assertThat(SpeakerSplit.validationSpeakers(clips, 0.2, 1)).hasSize(1);
  }

  @Test
  void oneSpeakerCannotBeDivided() {
    List<Utterance> clips = clips(1, 3, new Random(5));
    assertThatThrownBy(() -> SpeakerSplit.validationSpeakers(clips, 0.2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found [s0]");
  }

  @Test
  void sharedSpeakersAreNamed() {
    List<Utterance> clips = clips(3, 1, new Random(6));
    Fold fold = new Fold("x", clips.subList(0, 2), List.of(), clips.subList(1, 3));
    assertThat(fold.sharedSpeakers()).containsExactly("s1");
  }
}
