package dev.serenade.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RecognitionStreamTest {

  /** Rounding of float32 when the same sums are taken in another order. */
  private static final double ROUNDING = 1e-5;

  private static final int PIECE = 30 * Waveform.SAMPLE_RATE_HZ;

  private static EmotionRecognizer recognizer;

  @BeforeAll
  static void load() throws IOException {
    try (EmotionModel model = TinyModels.random(QkvPooling.of(2, 4), Window.adaptive(), 1)) {
      recognizer = EmotionRecognizer.of(model, SessionSettings.create());
    }
  }

  @AfterAll
  static void close() {
    recognizer.close();
  }

  @Test
  void piecesAreHalfAMinuteAndTheLastTwoShareWhatIsLeft() {
    assertThat(pieces(1)).containsExactly(1);
    assertThat(pieces(PIECE)).containsExactly(PIECE);
    assertThat(pieces(PIECE + 1)).containsExactly(751 * 320, PIECE + 1 - 751 * 320);
    assertThat(pieces(50 * 16_000)).containsExactly(400_000, 400_000);
    assertThat(pieces(2 * PIECE - 1)).containsExactly(PIECE, PIECE - 1);
    assertThat(pieces(2 * PIECE)).containsExactly(PIECE, PIECE);
    assertThat(pieces(3 * PIECE + 640)).containsExactly(PIECE, PIECE, 751 * 320, 751 * 320);
  }

  private static List<Integer> pieces(int samples) {
    return recognizer.pieces(Waveform.of(new float[samples])).stream()
        .map(Waveform::length)
        .toList();
  }

  @Test
  void theStreamHearsWhatIsHeardOfTheWhole() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (double seconds : new double[] {2, 30, 30.01, 59.99, 60, 60.01, 100}) {
      Waveform recording = SyntheticSpeech.of(seconds, 1);
      RecognitionStream stream = recognizer.stream();
      for (int from = 0; from < recording.length(); ) {
        int to = Math.min(recording.length(), from + random.nextInt(1, 700_000));
        stream.push(recording.slice(from, to));
        from = to;
      }
      Recognition streamed = stream.finish();
      Recognition whole = recognizer.recognize(recording);

      assertThat(streamed.durationSeconds()).isEqualTo(seconds);
      assertThat(streamed.attention().length()).isEqualTo(whole.attention().length());
      assertClose(streamed.scores(), whole.scores());
      assertClose(streamed.scores(), meanOfPieces(recording));
    }
  }

  private static EmotionScores meanOfPieces(Waveform recording) {
    List<Waveform> pieces = recognizer.pieces(recording);
    return EmotionScores.weightedMean(
        recognizer.recognize(pieces).stream().map(Recognition::scores).toList(),
        RecordingPieces.weights(pieces));
  }

  @Test
  void piecesInWhichNobodySpeaksDoNotCount() {
    Waveform speech = SyntheticSpeech.of(30, 1);
    Waveform recording = SyntheticSpeech.join(speech, SyntheticSpeech.silence(60));

    Recognition heard = recognizer.recognize(recording);

    assertThat(heard.durationSeconds()).isEqualTo(90);
    assertThat(heard.abstained()).isFalse();
    assertClose(heard.scores(), recognizer.recognize(speech).scores());
    assertThat(heard.attention().get(1499)).isPositive();
    assertThat(heard.attention().get(1500)).isZero();
  }

  @Test
  void whereNobodySpeaksAtAllTheFirstPieceWithSoundStandsForAll() {
    float[] hum = new float[40 * Waveform.SAMPLE_RATE_HZ];
    for (int i = 0; i < hum.length; i++) {
      hum[i] = (float) (0.0002 * Math.sin(i * 0.02));
    }
    Waveform recording = SyntheticSpeech.join(SyntheticSpeech.silence(30), Waveform.of(hum));

    assertThat(recognizer.recognize(recording).abstained()).isFalse();
    assertClose(
        recognizer.recognize(recording).scores(),
        recognizer.recognize(recording.slice(PIECE, PIECE + PIECE * 2 / 3)).scores());
    assertThat(recognizer.recognize(SyntheticSpeech.silence(90)).abstention())
        .isEqualTo(Abstention.SILENT);
  }

  @Test
  void nothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> recognizer.stream().finish());
  }

  private static void assertClose(EmotionScores found, EmotionScores expected) {
    for (String label : recognizer.labels()) {
      assertThat(found.of(label)).isCloseTo(expected.of(label), within(ROUNDING));
    }
  }
}
