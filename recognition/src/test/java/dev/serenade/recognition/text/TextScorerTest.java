package dev.serenade.recognition.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.OnnxExport;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.RecognitionStream;
import dev.serenade.recognition.SyntheticSpeech;
import dev.serenade.recognition.TinyModels;
import dev.serenade.recognition.explanation.PooledStates;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.OperatorSet;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextScorerTest {

  private static final double WEIGHT = 0.3;

  /** The audio's scores come from batches of other sizes, whose sums may be in another order. */
  private static final double ROUNDING = 1e-6;

  private static List<Waveform> clips() {
    List<Waveform> clips = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clips.add(SyntheticSpeech.of(0.6 + 0.3 * i, i));
    }
    clips.add(SyntheticSpeech.silence(0.5));
    return clips;
  }

  private static EmotionRecognizer recognizer(double weight, int threads) throws IOException {
    try (EmotionModel model = TinyTextModel.random(weight)) {
      return EmotionRecognizer.of(model, new SessionSettings(threads));
    }
  }

  private static TextScorer scorer(EmotionModel model) throws IOException {
    return TextScorer.of(
        model.text().orElseThrow(), model.description().labels(), new SessionSettings(1), false);
  }

  private static void assertSame(EmotionScores found, EmotionScores expected) {
    for (String emotion : expected.probabilities().keySet()) {
      assertThat(found.of(emotion)).isCloseTo(expected.of(emotion), within(ROUNDING));
    }
  }

  @Test
  void scoresAreThoseOfBothHeadsFused() throws IOException {
    try (EmotionModel audio = TinyModels.random(new MeanPooling(), Window.adaptive(), 5);
        EmotionRecognizer bySound = EmotionRecognizer.of(audio, new SessionSettings(1));
        EmotionModel model = TinyTextModel.random(WEIGHT);
        TextScorer byWords = scorer(model);
        EmotionRecognizer byBoth = recognizer(WEIGHT, 1)) {
      List<Recognition> heard = byBoth.recognize(clips());
      List<EmotionScores> words = byWords.scores(clips());
      List<Recognition> sound = bySound.recognize(clips());
      for (int i = 0; i < heard.size(); i++) {
        EmotionScores expected =
            new LogarithmicPool(WEIGHT).fuse(sound.get(i).scores(), words.get(i));
        assertThat(heard.get(i).scores()).isEqualTo(expected);
        assertThat(heard.get(i).scores()).isNotEqualTo(sound.get(i).scores());
        assertThat(heard.get(i).attention()).isEqualTo(sound.get(i).attention());
      }
      assertThat(words.get(0)).isNotEqualTo(words.get(1));
      assertThat(heard.get(5).abstained()).isTrue();
    }
  }

  @Test
  void theTextHeadReadsTheTokensStates() throws IOException {
    try (EmotionModel model = TinyTextModel.random(WEIGHT);
        TokenDecoder decoder =
            TokenStates.of(TinyTextModel.WHISPER, Optional.of("de")).open(new SessionSettings(1));
        TextScorer scorer = scorer(model)) {
      for (Waveform clip : clips()) {
        HiddenStates states = decoder.states(clip);
        assertSame(scorer.scores(List.of(clip)).get(0), byHand(model, states));
      }
      assertThat(decoder.states(clips().get(0)).frames()).isGreaterThan(1);
      assertThat(decoder.states(clips().get(5)).frames()).isEqualTo(1);
    }
  }

  /** softmax((W mean_t(h_t) + b) / temperature), in double precision. */
  private static EmotionScores byHand(EmotionModel model, HiddenStates states) {
    Map<String, FloatTensor> head = model.text().orElseThrow().head().parameters();
    FloatTensor weight = Objects.requireNonNull(head.get(HeadSpec.CLASSIFIER_WEIGHT));
    FloatTensor bias = Objects.requireNonNull(head.get(HeadSpec.CLASSIFIER_BIAS));
    double temperature = model.description().text().orElseThrow().temperature();
    Map<String, Double> scores = new LinkedHashMap<>();
    double sum = 0;
    for (int k = 0; k < bias.size(); k++) {
      double logit = bias.get(k);
      for (int t = 0; t < states.frames(); t++) {
        for (int d = 0; d < states.width(); d++) {
          logit += weight.get(k * states.width() + d) * states.get(t, d) / states.frames();
        }
      }
      scores.put(model.description().labels().get(k), Math.exp(logit / temperature));
      sum += Math.exp(logit / temperature);
    }
    double total = sum;
    scores.replaceAll((emotion, value) -> value / total);
    return new EmotionScores(scores);
  }

  @Test
  void scoresDependNeitherOnTheBatchNorOnThreads() throws IOException {
    List<Waveform> clips = clips();
    try (EmotionRecognizer one = recognizer(WEIGHT, 1);
        EmotionRecognizer three = recognizer(WEIGHT, 3);
        EmotionRecognizer words = recognizer(0, 3);
        EmotionRecognizer wordsAlone = recognizer(0, 1)) {
      List<Recognition> together = three.recognize(clips);
      List<Recognition> said = words.recognize(clips);
      for (int i = 0; i < clips.size(); i++) {
        assertSame(together.get(i).scores(), one.recognize(clips.get(i)).scores());
        // Words are decoded clip by clip on one thread, so to the bit.
        assertThat(said.get(i).scores()).isEqualTo(wordsAlone.recognize(clips.get(i)).scores());
      }
    }
  }

  @Test
  void streamsAndLongRecordingsGoByTheWordsToo() throws IOException {
    Waveform clip = SyntheticSpeech.of(1.7, 3);
    Waveform longClip = SyntheticSpeech.of(65, 4);
    try (EmotionRecognizer recognizer = recognizer(WEIGHT, 1);
        EmotionModel audio = TinyModels.random(new MeanPooling(), Window.adaptive(), 5);
        EmotionRecognizer bySound = EmotionRecognizer.of(audio, new SessionSettings(1))) {
      RecognitionStream stream = recognizer.stream();
      stream.push(clip.slice(0, 9_000));
      stream.push(clip.slice(9_000, clip.length()));
      assertThat(stream.finish().scores()).isEqualTo(recognizer.recognize(clip).scores());

      List<Recognition> pieces =
          recognizer.pieces(longClip).stream().map(recognizer::recognize).toList();
      EmotionScores expected =
          EmotionScores.weightedMean(
              pieces.stream().map(Recognition::scores).toList(),
              pieces.stream().map(Recognition::durationSeconds).toList());
      EmotionScores found = recognizer.recognize(longClip).scores();
      assertSame(found, expected);
      assertThat(found).isNotEqualTo(bySound.recognize(longClip).scores());
    }
  }

  @Test
  void whatHoldsTheSoundAloneIsRefused(@TempDir Path folder) throws IOException {
    try (EmotionModel model = TinyTextModel.random(WEIGHT)) {
      Path onnx = folder.resolve("both.onnx");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new OnnxExport(Precision.FP32, OperatorSet.FUSED).write(model, onnx))
          .withMessageContaining("only models that go by the sound alone can be exported");
      assertThat(onnx).doesNotExist();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PooledStates.of(model, new SessionSettings(1)))
          .withMessageContaining("sound and words");
    }
  }
}
