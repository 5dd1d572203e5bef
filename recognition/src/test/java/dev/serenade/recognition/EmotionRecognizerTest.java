package dev.serenade.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.FrameMerging;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class EmotionRecognizerTest {

  /** Rounding of float32 when the same sums are taken in another order. */
  private static final double ROUNDING = 1e-5;

  @Test
  void scoresAreProbabilitiesInTheOrderOfTheLabels() throws IOException {
    try (EmotionRecognizer recognizer = recognizer(Window.adaptive(), 1)) {
      Recognition heard = recognizer.recognize(noise(1.3, 0.1f, 1));
      assertThat(heard.scores().probabilities().keySet()).containsExactly("angry", "happy", "sad");
      assertThat(sum(heard)).isCloseTo(1, within(ROUNDING));
      assertThat(heard.scores().of(heard.emotion())).isEqualTo(heard.confidence());
      assertThat(heard.durationSeconds()).isEqualTo(1.3);
      assertThat(heard.abstained()).isFalse();
    }
  }

  @Test
  void attentionCoversTheFramesOfTheClipAndSumsToOne() throws IOException {
    try (EmotionRecognizer recognizer = recognizer(Window.adaptive(), 1)) {
      FloatVector attention = recognizer.recognize(noise(1.31, 0.1f, 1)).attention();
      assertThat(attention.length()).isEqualTo(66);
      double sum = 0;
      for (float weight : attention.toArray()) {
        assertThat(weight).isPositive();
        sum += weight;
      }
      assertThat(sum).isCloseTo(1, within(ROUNDING));
    }
  }

  @Test
  void mergedFramesShareTheirAttention() throws IOException {
    Speed merged = new Speed(PrecisionChoice.INT8, new FrameMerging(0, 4), false);
    try (EmotionModel model = TinyModels.random(QkvPooling.of(3, 4), Window.memory(), 7);
        EmotionRecognizer recognizer =
            EmotionRecognizer.of(
                model, RecognizerSettings.of(new SessionSettings(1)).withSpeed(merged))) {
      // 67 frames: the last of 17 states holds three of them.
      FloatVector attention = recognizer.recognize(noise(1.33, 0.1f, 1)).attention();
      assertThat(attention.length()).isEqualTo(67);
      double sum = 0;
      for (int t = 0; t < 67; t++) {
        assertThat(attention.get(t)).isEqualTo(attention.get(t / 4 * 4));
        sum += attention.get(t);
      }
      assertThat(sum).isCloseTo(1, within(ROUNDING));
    }
  }

  @Test
  void pausesThatAreSkippedGetNoAttention() throws IOException {
    Speed skipping = new Speed(PrecisionChoice.FP32, FrameMerging.NONE, true);
    Waveform before = noise(1, 0.1f, 1);
    Waveform after = noise(0.51, 0.1f, 2);
    float[] samples = new float[16_000 + 32_000 + after.length()];
    System.arraycopy(before.toArray(), 0, samples, 0, 16_000);
    System.arraycopy(after.toArray(), 0, samples, 48_000, after.length());
    try (EmotionModel model = TinyModels.random(QkvPooling.of(3, 4), Window.memory(), 7);
        EmotionRecognizer recognizer =
            EmotionRecognizer.of(
                model, RecognizerSettings.of(new SessionSettings(1)).withSpeed(skipping))) {
      Recognition heard = recognizer.recognize(Waveform.of(samples));
      assertThat(heard.durationSeconds()).isCloseTo(3.51, within(1e-9));
      assertThat(heard.attention().length()).isEqualTo(176);
      double sum = 0;
      for (int t = 0; t < 176; t++) {
        // 0.1 s at either side of the pause is heard.
        assertThat(heard.attention().get(t) > 0).as("frame %d", t).isEqualTo(t < 55 || t >= 145);
        sum += heard.attention().get(t);
      }
      assertThat(sum).isCloseTo(1, within(ROUNDING));
      assertThat(recognizer.recognize(before).attention().length()).isEqualTo(50);
    }
  }

  @Test
  void aClipsScoresDoNotDependOnItsBatch() throws IOException {
    List<Waveform> clips = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      clips.add(noise(0.2 + i * 0.07, 0.02f * (i + 1), i));
    }
    for (Window window : List.of(Window.adaptive(), Window.memory(), Window.padded())) {
      try (EmotionRecognizer recognizer = recognizer(window, 2)) {
        List<Waveform> some = window.equals(Window.padded()) ? clips.subList(0, 9) : clips;
        List<Recognition> together = recognizer.recognize(some);
        for (int i = 0; i < some.size(); i++) {
          assertClose(together.get(i), recognizer.recognize(some.get(i)));
        }
      }
    }
  }

  @Test
  void manyThreadsGetWhatOneGets() throws Exception {
    try (EmotionRecognizer recognizer = recognizer(Window.adaptive(), 1)) {
      List<Recognition> alone = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        alone.add(recognizer.recognize(noise(0.5 + i, 0.1f, i)));
      }
      ExecutorService pool = Executors.newFixedThreadPool(4);
      try {
        List<Future<Recognition>> futures = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
          Waveform clip = noise(0.5 + i % 8, 0.1f, i % 8);
          futures.add(pool.submit(() -> recognizer.recognize(clip)));
        }
        for (int i = 0; i < 32; i++) {
          assertClose(futures.get(i).get(), alone.get(i % 8));
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Test
  void theThreadCountChangesNoMoreThanRounding() throws IOException {
    try (EmotionRecognizer one = recognizer(Window.adaptive(), 1);
        EmotionRecognizer four = recognizer(Window.adaptive(), 4)) {
      Waveform clip = noise(3, 0.2f, 5);
      assertClose(one.recognize(clip), four.recognize(clip));
    }
  }

  @Test
  void aLongClipIsTheMeanOfItsPieces() throws IOException {
    try (EmotionRecognizer recognizer = recognizer(Window.adaptive(), 2)) {
      Waveform clip = SyntheticSpeech.of(50, 3);
      Recognition whole = recognizer.recognize(clip);
      Recognition first = recognizer.recognize(clip.slice(0, 400_000));
      Recognition second = recognizer.recognize(clip.slice(400_000, 800_000));
      assertThat(whole.durationSeconds()).isEqualTo(50);
      assertThat(whole.attention().length()).isEqualTo(2500);
      for (String label : recognizer.labels()) {
        assertThat(whole.scores().of(label))
            .isCloseTo(
                (first.scores().of(label) + second.scores().of(label)) / 2, within(ROUNDING));
      }
    }
  }

  @Test
  void everyLengthAroundThirtySecondsIsHeardWhole() throws IOException {
    try (EmotionRecognizer recognizer = recognizer(Window.adaptive(), 2)) {
      for (int samples : new int[] {1, 319, 320, 321, 479_999, 480_000, 480_001, 480_321}) {
        Recognition heard = recognizer.recognize(noise(samples / 16000.0, 0.1f, 9));
        assertThat(heard.attention().length())
            .as("%d samples", samples)
            .isEqualTo((samples + 319) / 320);
        assertThat(sum(heard)).isCloseTo(1, within(ROUNDING));
      }
    }
  }

  @Test
  void digitalSilenceAbstains() throws IOException {
    try (EmotionRecognizer recognizer = recognizer(Window.adaptive(), 1)) {
      assertThat(recognizer.recognize(Waveform.of(new float[8000])).abstained()).isTrue();
      assertThat(recognizer.recognize(noise(0.5, 0.001f, 1)).abstained()).isFalse();
    }
  }

  @Test
  void anEmptyClipIsRefused() throws IOException {
    try (EmotionRecognizer recognizer = recognizer(Window.adaptive(), 1)) {
      assertThatThrownBy(() -> recognizer.recognize(Waveform.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected more than 0 s");
    }
  }

  @Test
  void meanPoolingWeighsAllFramesAlike() throws IOException {
    try (EmotionModel model = TinyModels.random(new MeanPooling(), Window.adaptive(), 4);
        EmotionRecognizer recognizer = EmotionRecognizer.of(model, new SessionSettings(1))) {
      FloatVector attention = recognizer.recognize(noise(1, 0.1f, 1)).attention();
      for (float weight : attention.toArray()) {
        assertThat(weight).isCloseTo(1f / 50, within(1e-6f));
      }
    }
  }

  private static EmotionRecognizer recognizer(Window window, int threads) throws IOException {
    try (EmotionModel model = TinyModels.random(QkvPooling.of(3, 4), window, 7)) {
      return EmotionRecognizer.of(model, new SessionSettings(threads));
    }
  }

  private static void assertClose(Recognition found, Recognition expected) {
    for (var score : expected.scores().probabilities().entrySet()) {
      assertThat(found.scores().of(score.getKey())).isCloseTo(score.getValue(), within(ROUNDING));
    }
    assertThat(found.embedding().toArray())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(expected.embedding().toArray());
  }

  private static double sum(Recognition heard) {
    return heard.scores().probabilities().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Waveform noise(double seconds, float deviation, long seed) {
    Random random = new Random(seed);
    float[] samples = new float[(int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextGaussian() * deviation;
    }
    return Waveform.of(samples);
  }
}
