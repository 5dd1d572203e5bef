package dev.serenade.audio.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serenade.audio.Waveform;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechDetectorTest {

  private static final int RATE_HZ = Waveform.SAMPLE_RATE_HZ;

  @Test
  void silenceHasNoSpeech() {
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(Waveform.of(new float[20 * RATE_HZ]));
    assertThat(detector.decidedSamples()).isEqualTo(20 * RATE_HZ);
    assertThat(detector.hasSpeech(0, 20 * RATE_HZ)).isFalse();
    assertThat(detector.speechSeconds(0, Long.MAX_VALUE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-5, 1e-4, 1e-3, 0.01, 0.1})
  void steadyNoiseHasNextToNoSpeechAfterItsFirstSecond(double level) {
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(noise(60, level));
    assertThat(detector.speechSeconds(2 * RATE_HZ, 60 * RATE_HZ)).isLessThan(6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-5, 1e-4, 1e-3, 0.01})
  void voiceIsFoundWhereItIs(double noise) {
    float[] sound = noise(30, noise).toArray();
    add(sound, 10, 12.5, 0.1);
    add(sound, 20, 20.5, 0.1);
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(Waveform.of(sound));
    List<SpeechSpan> spans = detector.spans(8 * RATE_HZ, 24 * RATE_HZ);
    assertThat(spans).anySatisfy(span -> assertAround(span, 10, 12.5));
    assertThat(spans).anySatisfy(span -> assertAround(span, 20, 20.5));
    assertThat(detector.speechSeconds(8 * RATE_HZ, 24 * RATE_HZ)).isLessThan(6);
  }

  @Test
  void voiceIsFoundAtTheVeryStart() {
    float[] sound = new float[3 * RATE_HZ];
    add(sound, 0, 1, 0.1);
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(Waveform.of(sound));
    assertThat(detector.speechSeconds(0, RATE_HZ)).isGreaterThan(0.95);
    assertThat(detector.hasSpeech(2 * RATE_HZ, 3 * RATE_HZ)).isFalse();
  }

  @Test
  void whisperedLevelsAreFoundInSilence() {
    float[] sound = new float[6 * RATE_HZ];
    // 60 dB below full scale.
    add(sound, 2, 4, 0.001);
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(Waveform.of(sound));
    assertThat(detector.speechSeconds(2 * RATE_HZ, 4 * RATE_HZ)).isGreaterThan(1.9);
  }

  @Test
  void noiseThatSetsInIsPassedForSixSeconds() {
    float[] sound = new float[30 * RATE_HZ];
    noise(20, 0.01).copyTo(FloatBuffer.wrap(sound, 10 * RATE_HZ, 20 * RATE_HZ));
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(Waveform.of(sound));
    assertThat(detector.hasSpeech(0, 10 * RATE_HZ)).isFalse();
    assertThat(detector.speechSeconds(10 * RATE_HZ, 15 * RATE_HZ)).isGreaterThan(4.9);
    assertThat(detector.speechSeconds(18 * RATE_HZ, 30 * RATE_HZ)).isLessThan(1.5);
  }

  @Test
  void piecesLeaveNoTrace() {
    String given = System.getProperty("test.seed", "");
    long seed = given.isEmpty() ? 20_261_127 : Long.parseLong(given);
    Random random = new Random(seed);
    float[] samples = noise(40, 0.003).toArray();
    for (int i = 2; i < 38; i += 5) {
      add(samples, i, i + random.nextDouble() * 4, 0.01 + 0.1 * random.nextDouble());
    }
    Waveform sound = Waveform.of(samples);
    SpeechDetector whole = SpeechDetector.create();
    whole.accept(sound);
    for (int most : new int[] {1, 7, 160, 1000, 50_000}) {
      SpeechDetector pieces = SpeechDetector.create();
      int from = 0;
      while (from < sound.length()) {
        int to = Math.min(sound.length(), from + random.nextInt(most + 1));
        pieces.accept(sound.slice(from, to));
        from = to;
        // What was said of a stretch does not change when more is heard.
        long decided = pieces.decidedSamples();
        long start = Math.max(0, decided - 4800);
        assertThat(pieces.spans(start, decided))
            .as("seed %d", seed)
            .isEqualTo(whole.spans(start, decided));
        if (most == 1) {
          break;
        }
      }
      if (most > 1) {
        assertThat(pieces.spans(0, sound.length()))
            .as("seed %d", seed)
            .isEqualTo(whole.spans(0, sound.length()));
      }
    }
  }

  @Test
  void onlyWholeFramesWithinCount() {
    float[] sound = new float[RATE_HZ];
    add(sound, 0, 1, 0.1);
    SpeechDetector detector = SpeechDetector.create();
    detector.accept(Waveform.of(sound).slice(0, 8100));
    assertThat(detector.decidedSamples()).isEqualTo(8000);
    assertThat(detector.spans(4001, 7999)).containsExactly(new SpeechSpan(4160, 7840));
    assertThat(detector.spans(4000, 16_000)).containsExactly(new SpeechSpan(4000, 8000));
    assertThat(detector.spans(4001, 4100)).isEmpty();
    assertThat(detector.spans(9000, 16_000)).isEmpty();
  }

  @Test
  void remembersTenMinutes() {
    SpeechDetector detector = SpeechDetector.create();
    float[] minute = new float[60 * RATE_HZ];
    for (int i = 0; i < 14; i++) {
      detector.accept(Waveform.of(minute));
      float[] second = new float[RATE_HZ];
      add(second, 0, 0.5, 0.1);
      detector.accept(Waveform.of(second));
    }
    long end = detector.decidedSamples();
    assertThat(end).isEqualTo(14L * 61 * RATE_HZ);
    long start = end - (long) SpeechDetector.REMEMBERED_SECONDS * RATE_HZ;
    assertThat(detector.spans(start, end)).hasSize(10);
    assertThat(detector.speechSeconds(start, end)).isBetween(8.0, 9.0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> detector.hasSpeech(start - 160, end))
        .withMessage("expected a start from sample %d on, found %d", start, start - 160);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpeechDetector.create().hasSpeech(-1, 10));
  }

  private static void assertAround(SpeechSpan span, double startSeconds, double endSeconds) {
    assertThat((double) span.startSample() / RATE_HZ)
        .isBetween(startSeconds - 0.5, startSeconds + 0.05);
    assertThat((double) span.endSample() / RATE_HZ).isBetween(endSeconds, endSeconds + 0.8);
  }

  private static Waveform noise(int seconds, double level) {
    Random random = new Random(1);
    float[] samples = new float[seconds * RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (level * random.nextGaussian());
    }
    return Waveform.of(samples);
  }

  /** Adds a hummed voice of 150 Hz that swells four times a second. */
  private static void add(float[] sound, double fromSeconds, double toSeconds, double level) {
    for (int i = (int) (fromSeconds * RATE_HZ); i < (int) (toSeconds * RATE_HZ); i++) {
      double time = (double) i / RATE_HZ;
      double value = 0;
      for (int k = 1; k <= 20; k++) {
        value += Math.sin(2 * Math.PI * 150 * k * time) / k;
      }
      sound[i] += (float) (level * value * (1.2 + Math.sin(8 * Math.PI * time)));
    }
  }
}
