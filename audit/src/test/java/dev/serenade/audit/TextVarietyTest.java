package dev.serenade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

final class TextVarietyTest {

  /** Clips of four speakers, each angry twice and sad twice. */
  private static List<Utterance> clips(BinaryOperator<String> textOfSpeakerAndEmotion) {
    List<Utterance> clips = new ArrayList<>();
    for (String speaker : List.of("a", "b", "c", "d")) {
      for (Emotion emotion : List.of(Emotion.ANGRY, Emotion.SAD)) {
        for (int take = 0; take < 2; take++) {
          String id = "%s-%s-%d".formatted(speaker, emotion.name(), take);
          String text = textOfSpeakerAndEmotion.apply(speaker, emotion.name());
          var clip = Utterance.builder(id, Path.of(id), speaker, emotion);
          clips.add((text.isEmpty() ? clip : clip.text(text + take)).build());
        }
      }
    }
    return clips;
  }

  @Test
  void sentencesThatAllSayArePrescribed() {
    TextVariety variety = TextVariety.of(clips((speaker, emotion) -> "Kids are talking "));

    assertThat(variety).isEqualTo(new TextVariety(16, 16, 2, 16));
    assertThat(variety.caveat().orElseThrow())
        .startsWith("16 of 16 clips say one of a few prescribed texts, by 3 speakers or more");
  }

  @Test
  void whatEverybodySaysInOneEmotionOnlyCanTellIt() {
    TextVariety variety = TextVariety.of(clips((speaker, emotion) -> "I am " + emotion));

    assertThat(variety).isEqualTo(new TextVariety(16, 16, 4, 0));
    assertThat(variety.caveat()).isEmpty();
  }

  @Test
  void whatFewSayIsNotPrescribed() {
    TextVariety variety = TextVariety.of(clips((speaker, emotion) -> speaker));

    assertThat(variety).isEqualTo(new TextVariety(16, 16, 8, 0));
    assertThat(variety.isPrescribed()).isFalse();
    assertThat(variety.caveat()).isEmpty();
  }

  @Test
  void whatIsNotKnownIsSaidToBeUnknown() {
    TextVariety variety =
        TextVariety.of(clips((speaker, emotion) -> speaker.equals("a") ? "yes" : ""));

    assertThat(variety).isEqualTo(new TextVariety(16, 4, 2, 0));
    assertThat(variety.caveat().orElseThrow())
        .startsWith("What is said is known of 4 of 16 clips only (column text)");
  }
}
