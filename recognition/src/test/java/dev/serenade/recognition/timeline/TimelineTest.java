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

final class TimelineTest {

  /** Rounding of float32 when the same sums are taken in another order. */
  private static final double ROUNDING = 1e-5;

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
  void theLastWindowIsTheFirstThatReachesTheEnd() {
    assertThat(ranges(Timeline.DEFAULT, 7)).containsExactly("0.0-4.0", "2.0-6.0", "4.0-7.0");
    assertThat(ranges(Timeline.DEFAULT, 8)).containsExactly("0.0-4.0", "2.0-6.0", "4.0-8.0");
    assertThat(ranges(Timeline.DEFAULT, 4)).containsExactly("0.0-4.0");
    assertThat(ranges(Timeline.DEFAULT, 0.5)).containsExactly("0.0-0.5");
  }

  @Test
  void windowsMayFollowOneAnotherWithoutOverlap() {
    assertThat(ranges(new Timeline(1, 1), 2.5)).containsExactly("0.0-1.0", "1.0-2.0", "2.0-2.5");
    for (double odd : new double[] {0.1, 0.33333, 0.77777}) {
      List<TimelineSegment> segments = new Timeline(odd, odd).of(recognizer, noise(3));
      assertThat(segments.get(segments.size() - 1).endSeconds()).isEqualTo(3);
      assertThat(segments).allMatch(segment -> segment.endSeconds() > segment.startSeconds());
    }
  }

  @Test
  void eachWindowIsScoredAsIfItWereAlone() {
    Waveform recording = noise(70);
    List<TimelineSegment> segments = new Timeline(3, 1).of(recognizer, recording);

    assertThat(segments).hasSize(68);
    for (TimelineSegment segment : segments) {
      Waveform alone =
          recording.slice(samples(segment.startSeconds()), samples(segment.endSeconds()));
      EmotionScores expected = recognizer.recognize(alone).scores();
      for (String label : recognizer.labels()) {
        assertThat(segment.scores().of(label)).isCloseTo(expected.of(label), within(ROUNDING));
      }
    }
  }

  @Test
  void hopsThatLeaveGapsAndWindowsOfNothingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeline(2, 2.5))
        .withMessageContaining("to the window of 2.0 s, found 2.5 s");
    assertThatIllegalArgumentException().isThrownBy(() -> new Timeline(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Timeline(Double.NaN, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeline(Double.POSITIVE_INFINITY, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeline.DEFAULT.of(recognizer, Waveform.of()));
  }

  private static List<String> ranges(Timeline timeline, double seconds) {
    return timeline.of(recognizer, noise(seconds)).stream()
        .map(segment -> segment.startSeconds() + "-" + segment.endSeconds())
        .toList();
  }

  private static int samples(double seconds) {
    return (int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
  }

  private static Waveform noise(double seconds) {
    SplittableRandom random = new SplittableRandom(5);
    float[] samples = new float[samples(seconds)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextDouble(-0.3, 0.3);
    }
    return Waveform.of(samples);
  }

  @Test
  void silentWindowsAbstainAndTheOthersDoNot() {
    float[] samples = new float[3 * 16_000];
    Waveform loud = noise(1);
    for (int i = 0; i < loud.length(); i++) {
      samples[i] = loud.get(i);
    }
    assertThat(new Timeline(1, 1).of(recognizer, Waveform.of(samples)))
        .extracting(TimelineSegment::abstention)
        .containsExactly(Abstention.NONE, Abstention.SILENT, Abstention.SILENT);
  }
}
