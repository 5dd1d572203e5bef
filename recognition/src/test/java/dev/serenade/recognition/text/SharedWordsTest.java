package dev.serenade.recognition.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.RecognizerSettings;
import dev.serenade.recognition.SyntheticSpeech;
import dev.serenade.recognition.TinyModels;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.decoder.DecodedTokens;
import dev.serenade.whisper.decoder.GenerationConfig;
import dev.serenade.whisper.decoder.GreedyDecoding;
import dev.serenade.whisper.decoder.WhisperDecoder;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words and scores of one clip, by one decoding. */
final class SharedWordsTest {

  private static final RecognizerSettings SETTINGS = RecognizerSettings.of(new SessionSettings(2));
  private static final Optional<String> GERMAN = Optional.of("de");
  private static final int SPOKEN = 4;

  /** The last one is silent. */
  private static List<Waveform> clips() {
    List<Waveform> clips = new ArrayList<>();
    for (int i = 0; i < SPOKEN; i++) {
      clips.add(SyntheticSpeech.of(0.7 + 0.2 * i, i));
    }
    clips.add(SyntheticSpeech.silence(0.5));
    return clips;
  }

  private static EmotionRecognizer recognizer(
      double weight, Optional<String> language, RecognizerSettings settings) throws IOException {
    try (EmotionModel model = TinyTextModel.random(weight, language)) {
      return EmotionRecognizer.of(model, settings);
    }
  }

  private static List<EmotionScores> scores(EmotionRecognizer recognizer) {
    return recognizer.recognize(clips()).stream().map(Recognition::scores).toList();
  }

  private static DecodedTokens alone(Waveform clip, Optional<String> language) throws IOException {
    try (WhisperDecoder whisper =
        WhisperDecoder.load(TinyTextModel.WHISPER, new SessionSettings(1))) {
      GenerationConfig rules =
          GenerationConfig.read(TinyTextModel.WHISPER.resolve("generation_config.json"));
      return new GreedyDecoding(whisper, rules).decode(clip, language);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasRecognisedIsNotDecodedAgain(boolean remembers) throws IOException {
    try (EmotionRecognizer forgetting = recognizer(0.3, GERMAN, SETTINGS);
        EmotionRecognizer recognizer =
            recognizer(0.3, GERMAN, remembers ? SETTINGS.rememberingWords() : SETTINGS)) {
      TokenDecoder words = recognizer.words().orElseThrow();
      assertThat(scores(recognizer)).isEqualTo(scores(forgetting));
      assertThat(words.decodings()).isEqualTo(SPOKEN);
      for (Waveform clip : clips().subList(0, SPOKEN)) {
        DecodedTokens expected = alone(clip, GERMAN);
        DecodedTokens said = words.decode(clip, GERMAN);
        assertThat(said.tokens()).isNotEmpty().isEqualTo(expected.tokens());
        assertThat(said.language()).isEqualTo(GERMAN);
        assertThat(said.hiddenStates().toArray()).isEqualTo(expected.hiddenStates().toArray());
      }
      assertThat(words.decodings()).isEqualTo(remembers ? SPOKEN : 2 * SPOKEN);
    }
  }

  @Test
  void whatWasWrittenDownIsRecognisedWithoutDecoding() throws IOException {
    try (EmotionRecognizer forgetting = recognizer(0.3, GERMAN, SETTINGS);
        EmotionRecognizer recognizer = recognizer(0.3, GERMAN, SETTINGS.rememberingWords())) {
      TokenDecoder words = recognizer.words().orElseThrow();
      clips().subList(0, SPOKEN).forEach(clip -> words.decode(clip, GERMAN));
      assertThat(scores(recognizer)).isEqualTo(scores(forgetting));
      assertThat(words.decodings()).isEqualTo(SPOKEN);
    }
  }

  @Test
  void aLanguageThatIsFoundOutIsSharedWhereItIsTheOneAskedFor() throws IOException {
    Waveform clip = clips().get(0);
    try (EmotionRecognizer recognizer =
        recognizer(0.3, Optional.empty(), SETTINGS.rememberingWords())) {
      TokenDecoder words = recognizer.words().orElseThrow();
      recognizer.recognize(clip);
      DecodedTokens found = words.decode(clip, Optional.empty());
      String language = found.language().orElseThrow();
      assertThat(words.decode(clip, Optional.of(language)).tokens())
          .isEqualTo(alone(clip, Optional.of(language)).tokens());
      assertThat(words.decodings()).isEqualTo(1);

      Optional<String> other = Optional.of(language.equals("ja") ? "fr" : "ja");
      assertThat(words.decode(clip, other).language()).isEqualTo(other);
      assertThat(words.decodings()).isEqualTo(2);
    }
  }

  @Test
  void wordsThatWeighNothingAreNotDecoded() throws IOException {
    try (EmotionModel audio = TinyModels.random(new MeanPooling(), Window.adaptive(), 5);
        EmotionRecognizer bySound = EmotionRecognizer.of(audio, SETTINGS);
        EmotionRecognizer recognizer = recognizer(1, GERMAN, SETTINGS);
        EmotionRecognizer nearly = recognizer(0.99, GERMAN, SETTINGS)) {
      assertThat(recognizer.words()).isEmpty();
      assertThat(scores(recognizer)).isEqualTo(scores(bySound));
      assertThat(scores(nearly)).isNotEqualTo(scores(bySound));
      assertThat(nearly.words().orElseThrow().decodings()).isEqualTo(SPOKEN);
    }
  }
}
