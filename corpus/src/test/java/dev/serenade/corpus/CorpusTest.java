package dev.serenade.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorpusTest {

  private static final Path ROOT = Path.of("data").toAbsolutePath();

  private static Corpus corpus(String name, Utterance... clips) {
    return Corpus.of(name, ROOT.resolve(name), List.of(clips), List.of());
  }

  private static Utterance clip(String id, String speaker, Emotion emotion) {
    return Utterance.builder(id, ROOT.resolve(id), speaker, emotion).build();
  }

  @Test
  void pooledSpeakersAndPathsStayApart() {
    Corpus one = corpus("one", clip("a.wav", "03", Emotion.SAD));
    Corpus two = corpus("two", clip("a.wav", "03", Emotion.HAPPY));

    Corpus pooled = Corpus.pooled("both", List.of(one, two));

    assertThat(pooled.speakers()).containsExactly("one/03", "two/03");
    assertThat(pooled.utterances())
        .extracting(Utterance::id)
        .containsExactly("one/a.wav", "two/a.wav");
    assertThat(pooled.utterances().get(1).extras()).isEqualTo(Map.of("corpus", "two"));
    assertThat(pooled.root()).isEqualTo(ROOT);
    assertThat(pooled.manifestSha256())
        .isNotEqualTo(Corpus.pooled("both", List.of(one)).manifestSha256());
  }

  @Test
  void corporaOfOneNameAreNotPooled() {
    Corpus one = corpus("one", clip("a.wav", "03", Emotion.SAD));
    assertThatThrownBy(() -> Corpus.pooled("both", List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two named one");
  }

  @Test
  void countsAndRestrictionGoByClass() {
    Corpus corpus =
        corpus(
            "one",
            clip("a", "1", Emotion.SAD),
            clip("b", "2", Emotion.SAD),
            clip("c", "3", Emotion.CALM));

    assertThat(corpus.emotionCounts()).isEqualTo(Map.of(Emotion.CALM, 1L, Emotion.SAD, 2L));
    assertThat(corpus.restrictedTo(Set.of(Emotion.CALM)).speakers()).containsExactly("3");
  }

  @Test
  void relabellingFoldsAndDrops() {
    Corpus corpus = corpus("one", clip("a", "1", Emotion.SAD), clip("b", "2", Emotion.CALM));

    Corpus folded =
        corpus.relabelled(EmotionLabels.standard().with(Map.of("calm", "neutral", "sad", "drop")));

    assertThat(folded.emotions()).containsExactly(Emotion.NEUTRAL);
    assertThat(folded.skipped()).extracting(SkippedClip::path).containsExactly("a");
  }
}
