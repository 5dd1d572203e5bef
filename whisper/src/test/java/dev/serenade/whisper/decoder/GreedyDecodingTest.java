package dev.serenade.whisper.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tokens that we pick against those that transformers picks. */
class GreedyDecodingTest {

  private static WhisperDecoder decoder;
  private static GenerationConfig rules;

  @BeforeAll
  static void load() throws IOException {
    decoder = WhisperDecoder.load(TinyRandomWhisper.folder(), new SessionSettings(1));
    rules = TinyRandomWhisper.rules();
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @Test
  void detectsTheLanguageAndPicksTheTokensOfTransformers() throws IOException {
    DecodedTokens decoded =
        new GreedyDecoding(decoder, rules).decode(TinyRandomWhisper.sound(), Optional.empty());
    List<Integer> expected = TinyRandomWhisper.expectedTokens("tokens");
    assertThat(decoded.language()).contains(TinyRandomWhisper.expectedText("language"));
    assertThat(decoded.complete()).isTrue();
    assertThat(decoded.tokens()).isEqualTo(expected.subList(4, expected.size() - 1));
    assertThat(decoded.hiddenStates().shape()).containsExactly(decoded.tokens().size() + 1, 64);
    FloatTensor states = TinyRandomWhisper.expected("hidden_states");
    for (int i = 0; i < states.size(); i++) {
      assertThat(decoded.hiddenStates().get(i)).isCloseTo(states.get(i), offset(1e-4f));
    }
  }

  @Test
  void aLanguageThatIsToldGivesWhatOneThatIsDetectedGives() throws IOException {
    GreedyDecoding decoding = new GreedyDecoding(decoder, rules);
    DecodedTokens detected = decoding.decode(TinyRandomWhisper.sound(), Optional.empty());
    DecodedTokens told = decoding.decode(TinyRandomWhisper.sound(), detected.language());
    assertThat(told.tokens()).isEqualTo(detected.tokens());
    assertThat(told.language()).isEqualTo(detected.language());
  }

  @Test
  void modelsOfEnglishAloneHaveAShorterPrompt() throws IOException {
    GreedyDecoding decoding = new GreedyDecoding(decoder, english(rules.longest()));
    List<Integer> expected = TinyRandomWhisper.expectedTokens("english_tokens");
    DecodedTokens decoded = decoding.decode(TinyRandomWhisper.sound(), Optional.empty());
    assertThat(decoded.language()).isEmpty();
    List<Integer> text = expected.subList(2, expected.size());
    assertThat(decoded.tokens())
        .startsWith(text.stream().takeWhile(token -> token != rules.end()).toArray(Integer[]::new));
    assertThatThrownBy(() -> decoding.decode(TinyRandomWhisper.sound(), Optional.of("en")))
        .hasMessage("this model knows English alone, found en");
  }

  @Test
  void stopsAtTheGreatestLength() throws IOException {
    Set<Integer> endless = new HashSet<>(rules.suppressed());
    endless.add(rules.end());
    GenerationConfig withoutEnd =
        new GenerationConfig(
            rules.start(),
            rules.end(),
            rules.noTimestamps(),
            rules.transcribe(),
            rules.languages(),
            endless,
            Set.of(),
            1000);
    DecodedTokens decoded =
        new GreedyDecoding(decoder, withoutEnd)
            .decode(TinyRandomWhisper.sound(), Optional.of("en"));
    assertThat(decoded.complete()).isFalse();
    assertThat(decoded.tokens()).hasSize(448 - 4);
    assertThat(decoded.tokens()).doesNotContainAnyElementsOf(endless);
    assertThat(decoded.hiddenStates().shape()[0]).isEqualTo(448 - 4);
  }

  @Test
  void theStateBehindThePromptIsTheFirst() throws IOException {
    GreedyDecoding decoding = new GreedyDecoding(decoder, rules);
    for (Optional<String> language : List.of(Optional.<String>empty(), Optional.of("de"))) {
      FloatTensor all = decoding.decode(TinyRandomWhisper.sound(), language).hiddenStates();
      FloatTensor first = decoding.promptState(TinyRandomWhisper.sound(), language);
      assertThat(first.shape()).containsExactly(1, 64);
      assertThat(first.toArray()).isEqualTo(Arrays.copyOf(all.toArray(), 64));
    }
  }

  @Test
  void saysNothingThatIsSuppressed() throws IOException {
    DecodedTokens free =
        new GreedyDecoding(decoder, rules).decode(TinyRandomWhisper.sound(), Optional.of("en"));
    int first = free.tokens().get(0);
    GenerationConfig otherFirst =
        new GenerationConfig(
            rules.start(),
            rules.end(),
            rules.noTimestamps(),
            rules.transcribe(),
            rules.languages(),
            rules.suppressed(),
            Set.of(first),
            rules.longest());
    DecodedTokens other =
        new GreedyDecoding(decoder, otherFirst)
            .decode(TinyRandomWhisper.sound(), Optional.of("en"));
    assertThat(other.tokens().isEmpty() ? rules.end() : other.tokens().get(0)).isNotEqualTo(first);
  }

  @Test
  void refusesLanguagesAndTokensThatThereAreNot() throws IOException {
    GreedyDecoding decoding = new GreedyDecoding(decoder, rules);
    assertThatThrownBy(() -> decoding.decode(TinyRandomWhisper.sound(), Optional.of("xx")))
        .hasMessage("expected one of the languages [de, en, fr, ja], found xx");
    GenerationConfig alien =
        new GenerationConfig(60_000, 1, 2, OptionalInt.empty(), Map.of(), Set.of(), Set.of(), 448);
    assertThatThrownBy(() -> new GreedyDecoding(decoder, alien))
        .hasMessageContaining("in the generation config, found 60000");
  }

  private static GenerationConfig english(int longest) {
    return new GenerationConfig(
        rules.start(),
        rules.end(),
        rules.noTimestamps(),
        OptionalInt.empty(),
        Map.of(),
        rules.suppressed(),
        rules.suppressedFirst(),
        longest);
  }
}
