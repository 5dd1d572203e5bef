package dev.serenade.recognition.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.RecordingPieces;
import dev.serenade.recognition.TinyModels;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcclusionTest {

  /** Rounding of float32 when the same sums are taken in another order. */
  private static final double ROUNDING = 1e-5;

  @Test
  void theScoreFallsWhereTheEvidenceIsAndNowhereElse() {
    Occlusion occlusion = Occlusion.of(new PlantedEvidence(150, 60, 70), "happy");

    assertThat(occlusion.stepSeconds()).isEqualTo(0.1);
    assertThat(occlusion.stretchSeconds()).isEqualTo(0.2);
    assertThat(occlusion.changes()).hasSize(30);
    assertThat(occlusion.logOddsChanges()).hasSize(30);
    // Steps 12 and 13 hold it. Stretches that cover one step each take away half of it.
    for (int step = 0; step < 30; step++) {
      double expected =
          switch (step) {
            case 11, 14 -> 0.2;
            case 12, 13 -> 0.6;
            default -> 0;
          };
      assertThat(occlusion.changes().get(step)).isCloseTo(expected, within(1e-12));
    }
    assertThat(occlusion.strongest()).isEqualTo(12);
    assertThat(occlusion.logOddsChanges().get(12))
        .isCloseTo(Math.log(9) - (Math.log(1.0 / 9) + Math.log(0.5 / 0.5)) / 2, within(1e-9));
  }

  @Test
  void whatSpeaksAgainstAnEmotionRaisesItsScoreWhenItGoes() {
    PlantedEvidence clip = new PlantedEvidence(150, 60, 70);
    List<Double> happy = Occlusion.of(clip, "happy").logOddsChanges();
    List<Double> sad = Occlusion.of(clip, "sad").logOddsChanges();

    for (int step = 0; step < 30; step++) {
      assertThat(sad.get(step)).isCloseTo(-happy.get(step), within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 6, 10, 11, 199, 200, 201, 1500, 90_001})
  void everyFrameHasAValueAndTheCostIsBounded(int frames) {
    int[] asked = new int[1];
    Removal clip =
        new Removal() {
          private final BitSet gone = new BitSet();

          @Override
          public int frames() {
            return frames;
          }

          @Override
          public List<EmotionScores> without(List<BitSet> removed) {
            asked[0] += removed.size();
            removed.forEach(gone::or);
            assertThat(removed.get(0).isEmpty()).isTrue();
            assertThat(gone).isEqualTo(all(frames));
            return new PlantedEvidence(frames, 0, 1).without(removed);
          }
        };

    Occlusion occlusion = Occlusion.of(clip, "happy");

    assertThat(occlusion.byFrame(frames)).hasSize(frames);
    assertThat(occlusion.changes().get(0)).isCloseTo(0.8, within(1e-12));
    assertThat(asked[0]).isLessThanOrEqualTo(41);
  }

  @Test
  void aSureModelStillHasLogOdds() {
    Removal sure =
        new Removal() {
          @Override
          public int frames() {
            return 10;
          }

          @Override
          public List<EmotionScores> without(List<BitSet> removed) {
            return removed.stream()
                .map(
                    frames -> {
                      double sad = frames.isEmpty() ? 1e-20 : 1e-19;
                      return new EmotionScores(java.util.Map.of("happy", 1.0, "sad", sad));
                    })
                .toList();
          }
        };

    Occlusion occlusion = Occlusion.of(sure, "happy");

    assertThat(occlusion.changes()).containsOnly(0.0);
    assertThat(occlusion.logOddsChanges())
        .allSatisfy(change -> assertThat(change).isCloseTo(Math.log(10), within(1e-9)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ADAPTIVE", "MEMORY"})
  void silenceInPlaceOfSilenceChangesNothing(Window.Mode mode) throws IOException {
    Window window = mode == Window.Mode.MEMORY ? Window.memory() : Window.adaptive();
    try (EmotionRecognizer recognizer = recognizer(window)) {
      Waveform clip = burst(3, 1.0, 1.4);
      Recognition heard = recognizer.recognize(clip);
      EmotionScores silence = recognizer.recognize(Waveform.of(new float[48_000])).scores();
      String emotion =
          recognizer.labels().stream()
              .filter(label -> heard.scores().of(label) > silence.of(label))
              .findFirst()
              .orElseThrow();

      Occlusion occlusion = Occlusion.of(SilencedSpeech.of(recognizer, clip), emotion);

      double most = occlusion.changes().stream().mapToDouble(Math::abs).max().orElseThrow();
      assertThat(most).isGreaterThan(100 * ROUNDING);
      for (int step = 0; step < 30; step++) {
        if (step < 9 || step > 14) {
          assertThat(occlusion.changes().get(step)).isCloseTo(0, within(ROUNDING));
        }
      }
    }
  }

  @Test
  void scoresAreThoseOfEachOccludedClipAlone() throws IOException {
    try (EmotionRecognizer recognizer = recognizer(Window.memory())) {
      for (double seconds : new double[] {0.01, 1.37, 33}) {
        Waveform clip = burst(seconds, 0, seconds);
        Removal removal = SilencedSpeech.of(recognizer, clip);
        int frames = removal.frames();
        assertThat(frames).isEqualTo(Window.framesOf(clip.length()));
        List<BitSet> removed =
            List.of(new BitSet(), part(0, frames / 3), part(frames / 4, frames), all(frames));
        List<EmotionScores> together = removal.without(removed);
        for (int i = 0; i < removed.size(); i++) {
          EmotionScores alone = alone(recognizer, clip, zeroed(clip, removed.get(i)));
          for (String label : recognizer.labels()) {
            assertThat(together.get(i).of(label)).isCloseTo(alone.of(label), within(ROUNDING));
          }
        }
      }
    }
  }

  /** A piece counts as it did, even where all its speech is silenced. */
  private static EmotionScores alone(
      EmotionRecognizer recognizer, Waveform clip, Waveform silenced) {
    List<EmotionScores> scores =
        recognizer.recognize(recognizer.pieces(silenced)).stream()
            .map(Recognition::scores)
            .toList();
    return EmotionScores.weightedMean(scores, RecordingPieces.weights(recognizer.pieces(clip)));
  }

  @Test
  void aHeadAskedAloneSaysWhatTheWholeModelSays() throws IOException {
    for (var pooling : List.of(QkvPooling.of(2, 4), new MeanPooling())) {
      try (EmotionModel model = TinyModels.random(pooling, Window.memory(), 3);
          EmotionRecognizer recognizer = EmotionRecognizer.of(model, new SessionSettings(1));
          PooledStates states = PooledStates.of(model, new SessionSettings(1))) {
        for (double seconds : new double[] {0.3, 2.05, 32}) {
          Waveform clip = burst(seconds, 0, seconds);
          EmotionScores whole = recognizer.recognize(clip).scores();
          EmotionScores silence =
              recognizer.recognize(Waveform.of(new float[clip.length()])).scores();
          int frames = Window.framesOf(clip.length());
          List<BitSet> removed = List.of(new BitSet(), part(2, 9), all(frames));
          List<EmotionScores> left = states.leavingOut(recognizer.pieces(clip)).without(removed);
          List<EmotionScores> replaced = states.replacing(recognizer.pieces(clip)).without(removed);
          for (String label : recognizer.labels()) {
            assertThat(left.get(0).of(label)).isCloseTo(whole.of(label), within(ROUNDING));
            assertThat(replaced.get(0).of(label)).isCloseTo(whole.of(label), within(ROUNDING));
            assertThat(left.get(2).of(label)).isCloseTo(silence.of(label), within(ROUNDING));
            assertThat(replaced.get(2).of(label)).isCloseTo(silence.of(label), within(ROUNDING));
          }
          assertThat(left.get(1)).isNotEqualTo(left.get(0)).isNotEqualTo(replaced.get(1));
        }
      }
    }
  }

  private static EmotionRecognizer recognizer(Window window) throws IOException {
    try (EmotionModel model = TinyModels.random(QkvPooling.of(2, 4), window, 1)) {
      return EmotionRecognizer.of(model, new SessionSettings(1));
    }
  }

  private static BitSet all(int frames) {
    return part(0, frames);
  }

  private static BitSet part(int from, int to) {
    BitSet frames = new BitSet();
    frames.set(from, to);
    return frames;
  }

  private static Waveform zeroed(Waveform clip, BitSet frames) {
    float[] samples = clip.toArray();
    IntStream.range(0, samples.length)
        .filter(i -> frames.get(i / 320))
        .forEach(i -> samples[i] = 0);
    return Waveform.of(samples);
  }

  /** Noise from one second to another, and digital silence around it. */
  private static Waveform burst(double seconds, double from, double to) {
    SplittableRandom random = new SplittableRandom(5);
    float[] samples = new float[(int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ)];
    for (int i = 0; i < samples.length; i++) {
      double noise = random.nextDouble(-0.3, 0.3);
      boolean sounds = i >= from * 16_000 && i < to * 16_000;
      samples[i] = sounds ? (float) noise : 0;
    }
    return Waveform.of(samples);
  }
}
