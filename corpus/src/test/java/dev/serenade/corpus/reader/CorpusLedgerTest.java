package dev.serenade.corpus.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusLedgerTest {

  private static final Set<Emotion> KNOWN =
      Set.of(
          Emotion.ANGRY,
          Emotion.BORED,
          Emotion.CALM,
          Emotion.DISGUSTED,
          Emotion.EXCITED,
          Emotion.FEARFUL,
          Emotion.FRUSTRATED,
          Emotion.HAPPY,
          Emotion.NEUTRAL,
          Emotion.SAD,
          Emotion.SURPRISED,
          Emotion.of("other"));

  static Stream<CorpusReader> published() {
    return CorpusReaders.all().stream().filter(reader -> !reader.name().equals("folders"));
  }

  @Test
  void theLedgerInTheDocumentationIsWhatTheReadersSay() throws Exception {
    assertThat(Files.readString(Path.of("..", "docs", "corpora.md")))
        .as(
            "docs/corpora.md is out of date; write it anew with"
                + " ./serenade corpus list --format markdown > docs/corpora.md")
        .isEqualTo(CorpusLedger.markdown());
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyPublishedCorpusHasACard(CorpusReader reader) {
    CorpusCard card = reader.card().orElseThrow();
    assertThat(reader.description()).startsWith(card.title().replaceFirst(",.*", ""));
    assertThat(card.citation()).matches(".*(19|20)\\d\\d.*\\.");
    assertThat(card.source()).startsWith("http");
    assertThat(card.licence().terms()).endsWith(".");
    assertThat(card.languages()).allMatch(tag -> tag.matches("[a-z]{2}"));
  }

  @ParameterizedTest
  @MethodSource("published")
  void everyLabelOfACardIsAKnownEmotionAndEveryCodeIsThere(CorpusReader reader) {
    List<String> labels = reader.card().orElseThrow().labels();
    EmotionLabels table = EmotionLabels.standard().withCodes(reader.codes());
    assertThat(labels)
        .doesNotHaveDuplicates()
        .allMatch(label -> KNOWN.contains(table.canonical(label).orElseThrow()));
    assertThat(labels.stream().map(label -> label.toLowerCase(Locale.ROOT)))
        .containsAll(
            reader.codes().keySet().stream().map(code -> code.toLowerCase(Locale.ROOT)).toList());
  }

  @Test
  void theStrictestLicenceDecides() {
    assertThat(Licence.Use.strictest(List.of(Licence.Use.ANY, Licence.Use.NON_COMMERCIAL)))
        .isEqualTo(Licence.Use.NON_COMMERCIAL);
    assertThat(Licence.Use.strictest(List.of(Licence.Use.RESEARCH, Licence.Use.NON_COMMERCIAL)))
        .isEqualTo(Licence.Use.RESEARCH);
    assertThat(Licence.Use.strictest(List.of(Licence.Use.UNKNOWN, Licence.Use.RESEARCH)))
        .isEqualTo(Licence.Use.UNKNOWN);
    assertThat(Licence.Use.strictest(List.of())).isEqualTo(Licence.Use.ANY);
  }
}
