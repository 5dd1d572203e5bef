package dev.serenade.recognition.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.SyntheticSpeech;
import dev.serenade.recognition.TinyModels;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The timeline of a real recogniser, and of a real speech detector. */
final class TimelineTest {

  /** Rounding of float32 when the same sums are taken in another order. */
  private static final double ROUNDING = 1e-5;

  /** A detector may hear a syllable's end a little late. */
  private static final double EDGE_SECONDS = 0.5;

  private static EmotionRecognizer recognizer;
  private static Waveform call;

  @BeforeAll
  static void load() throws IOException {
    try (EmotionModel model = TinyModels.random(QkvPooling.of(2, 4), Window.adaptive(), 1)) {
      recognizer = EmotionRecognizer.of(model, SessionSettings.create());
    }
    call =
        SyntheticSpeech.join(
            SyntheticSpeech.of(20, 1),
            SyntheticSpeech.silence(10),
            SyntheticSpeech.of(15.3, 2),
            SyntheticSpeech.silence(5),
            SyntheticSpeech.of(8.7, 3));
  }

  @AfterAll
  static void close() {
    recognizer.close();
  }

  @Test
  void eachWindowIsScoredAsIfItWereAlone() {
    EmotionStream stream = EmotionStream.of(recognizer, new Timeline(3, 1));
    TimelineUpdate.Builder heard = new TimelineUpdate.Builder();
    heard.addAll(stream.push(call));
    heard.addAll(stream.finish());

    List<HeardWindow> windows = heard.build().windows();
    assertThat(windows).hasSize(57);
    assertThat(windows).filteredOn(window -> window.scores().isEmpty()).hasSizeBetween(6, 12);
    for (HeardWindow window : windows) {
      if (window.scores().isPresent()) {
        Waveform alone = call.slice(samples(window.startSeconds()), samples(window.endSeconds()));
        assertClose(window.scores().get(), recognizer.recognize(alone).scores());
      }
    }
  }

  @Test
  void segmentsLieWhereSomebodySpeaks() {
    List<TimelineSegment> segments = Timeline.DEFAULT.of(recognizer, call);

    assertThat(segments).isNotEmpty();
    for (TimelineSegment segment : segments) {
      assertThat(
              isWithin(segment, 0, 20)
                  || isWithin(segment, 30, 45.3)
                  || isWithin(segment, 50.3, 59))
          .as("%s", segment)
          .isTrue();
      assertThat(segment.emotion()).isEqualTo(segment.scores().emotion());
      assertThat(segment.confidence()).isEqualTo(segment.scores().confidence());
    }
    double spoken =
        segments.stream()
            .mapToDouble(segment -> segment.endSeconds() - segment.startSeconds())
            .sum();
    assertThat(spoken).isCloseTo(44, within(3 * EDGE_SECONDS));
  }

  private static boolean isWithin(TimelineSegment segment, double start, double end) {
    return segment.startSeconds() >= start - EDGE_SECONDS
        && segment.endSeconds() <= end + EDGE_SECONDS;
  }

  @Test
  void theCutsBetweenPushesChangeNoMoreThanRounding() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    List<TimelineSegment> whole = Timeline.DEFAULT.of(recognizer, call);
    EmotionStream stream = EmotionStream.of(recognizer, Timeline.DEFAULT);
    TimelineUpdate.Builder pieces = new TimelineUpdate.Builder();
    for (int from = 0; from < call.length(); ) {
      int to = Math.min(call.length(), from + random.nextInt(1, 30_000));
      pieces.addAll(stream.push(call.slice(from, to)));
      from = to;
    }
    pieces.addAll(stream.finish());

    assertSame(pieces.build().segments(), whole, seed);
  }

  @Test
  void theLiveStreamHearsWhatTheTimelineHas() throws InterruptedException {
    LiveStream live = LiveStream.of(recognizer, Timeline.DEFAULT);
    TimelineUpdate.Builder heard = new TimelineUpdate.Builder();
    for (int from = 0; from < call.length(); from += 16_000) {
      live.offer(call.slice(from, Math.min(call.length(), from + 16_000)));
      heard.addAll(live.next().orElseThrow());
    }
    live.end();
    for (Optional<TimelineUpdate> news = live.next(); news.isPresent(); news = live.next()) {
      heard.addAll(news.get());
    }

    assertThat(heard.build().windows()).noneMatch(HeardWindow::dropped);
    assertSame(heard.build().segments(), Timeline.DEFAULT.of(recognizer, call), 0);
  }

  private static void assertSame(
      List<TimelineSegment> found, List<TimelineSegment> expected, long seed) {
    assertThat(found).as("-Dtest.seed=%d", seed).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).startSeconds()).isEqualTo(expected.get(i).startSeconds());
      assertThat(found.get(i).endSeconds()).isEqualTo(expected.get(i).endSeconds());
      assertClose(found.get(i).scores(), expected.get(i).scores());
    }
  }

  private static void assertClose(EmotionScores found, EmotionScores expected) {
    for (String label : recognizer.labels()) {
      assertThat(found.of(label)).isCloseTo(expected.of(label), within(ROUNDING));
    }
  }

  @Test
  void silenceHasNoSegments() {
    assertThat(Timeline.DEFAULT.of(recognizer, SyntheticSpeech.silence(100))).isEmpty();
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

  private static int samples(double seconds) {
    return (int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
  }
}
