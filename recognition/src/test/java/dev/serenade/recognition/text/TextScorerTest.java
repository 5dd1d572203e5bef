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
import dev.serenade.recognition.TinyModels;
import dev.serenade.recognition.explanation.PooledStates;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.OperatorSet;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextScorerTest {

  private static final double WEIGHT = 0.3;

  /** The audio's scores come from batches of other sizes, whose sums may be in another order. */
  private static final double ROUNDING = 1e-6;

  private static Waveform voice(double seconds, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[(int) (seconds * Waveform.SAMPLE_RATE_HZ)];
    double pitch = 100 + random.nextInt(120);
    for (int i = 0; i < samples.length; i++) {
      double t = i / (double) Waveform.SAMPLE_RATE_HZ;
      double loudness = 0.2 * Math.max(0, Math.sin(2 * Math.PI * 3 * t));
      for (int overtone = 1; overtone < 12; overtone++) {
        samples[i] += (float) (loudness / overtone * Math.sin(2 * Math.PI * pitch * overtone * t));
      }
      samples[i] += (float) (0.001 * random.nextGaussian());
    }
    return Waveform.of(samples);
  }

  private static List<Waveform> clips() {
    List<Waveform> clips = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clips.add(voice(0.6 + 0.3 * i, i));
    }
    clips.add(Waveform.of(new float[8_000]));
    return clips;
  }

  private static EmotionRecognizer recognizer(double weight, int threads) throws IOException {
    try (EmotionModel model = TinyTextModel.random(weight)) {
      return EmotionRecognizer.of(model, new SessionSettings(threads));
    }
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
        TextScorer byWords = TextScorer.of(model, new SessionSettings(1));
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
        TextScorer scorer = TextScorer.of(model, new SessionSettings(1))) {
      for (Waveform clip : clips()) {
        HiddenStates states = decoder.states(clip);
        assertSame(scorer.scores(List.of(clip)).get(0), byHand(model, states));
      }
      assertThat(decoder.states(clips().get(0)).frames()).isGreaterThan(1);
      assertThat(decoder.states(clips().get(5)).frames()).isEqualTo(1);
    }
  }

  /** Projector with LayerNorm, mean, classifier and softmax, in double precision. */
  private static EmotionScores byHand(EmotionModel model, HiddenStates states) {
    return PlainTextHead.scores(
        model.text().orElseThrow().head(), states, model.description().labels(), 1.25);
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
    Waveform clip = voice(1.7, 3);
    Waveform longClip = voice(65, 4);
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
    try (EmotionModel audio = TinyModels.random(new MeanPooling(), Window.adaptive(), 5)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TextScorer.of(audio, new SessionSettings(1)))
          .withMessage("the model goes by the sound alone");
    }
  }
}
