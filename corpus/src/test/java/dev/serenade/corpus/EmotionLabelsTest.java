package dev.serenade.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmotionLabelsTest {

  @ParameterizedTest
  @CsvSource({
    "anger,angry",
    "Angry,angry",
    "ang,angry",
    "Wut,angry",
    "rab,angry",
    "happiness,happy",
    "joy,happy",
    "gio,happy",
    "boredem,bored",
    "Boredom,bored",
    "' Disgust ',disgusted",
    "dis,disgusted",
    "fear,fearful",
    "Fearful,fearful",
    "pau,fearful",
    "sor,surprised",
    "Surprised,surprised",
    "tri,sad",
    "sadness,sad",
    "neu,neutral",
    "Neutral,neutral",
    "calm,calm",
    "exc,excited",
    "fru,frustrated",
    "Wistful,wistful"
  })
  void spellingsMeetInOneName(String label, String name) {
    assertThat(EmotionLabels.standard().canonical(label)).hasValue(new Emotion(name));
  }

  @Test
  void aUserMayChangeASpellingOrACanonicalName() {
    EmotionLabels labels =
        EmotionLabels.standard()
            .with(Map.of("Excited", "Happiness", "calm", "neutral", "oth", "drop"));

    assertThat(labels.canonical("exc")).hasValue(Emotion.HAPPY);
    assertThat(labels.canonical("Calm")).hasValue(Emotion.NEUTRAL);
    assertThat(labels.canonical("oth")).isEmpty();
    assertThat(labels.canonical("neutral")).hasValue(Emotion.NEUTRAL);
  }

  @Test
  void aCorpusCodeComesBeforeTheStandardTableAndAfterTheUser() {
    EmotionLabels labels = EmotionLabels.standard().withCodes(Map.of("sor", Emotion.SAD));

    assertThat(labels.canonical("SOR")).hasValue(Emotion.SAD);
    assertThat(labels.with(Map.of("sor", "bored")).canonical("sor")).hasValue(Emotion.BORED);
    assertThat(labels.with(Map.of("sad", "bored")).canonical("sor")).hasValue(Emotion.BORED);
  }

  @Test
  void aBlankLabelIsRefused() {
    assertThatThrownBy(() -> EmotionLabels.standard().canonical(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("emotion's name");
  }
}
