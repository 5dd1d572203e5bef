package dev.serenade.recognition.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where windows, cells and segments lie; the emotion of a sample is its sign. */
final class EmotionStreamTest {

  private static final double TOLERANCE = 1e-9;

  private int scored;
  private int largestBatch;

  @Test
  void theLastWindowIsTheFirstThatReachesTheEnd() {
    assertThat(windows(Timeline.DEFAULT, 7)).containsExactly("0.0-4.0", "2.0-6.0", "4.0-7.0");
    assertThat(windows(Timeline.DEFAULT, 8)).containsExactly("0.0-4.0", "2.0-6.0", "4.0-8.0");
    assertThat(windows(Timeline.DEFAULT, 4)).containsExactly("0.0-4.0");
    assertThat(windows(Timeline.DEFAULT, 0.5)).containsExactly("0.0-0.5");
    assertThat(windows(new Timeline(1, 1), 2.5)).containsExactly("0.0-1.0", "1.0-2.0", "2.0-2.5");
  }

  private List<String> windows(Timeline timeline, double seconds) {
    return run(timeline, sound(seconds, 0.5f)).windows().stream()
        .map(window -> window.startSeconds() + "-" + window.endSeconds())
        .toList();
  }

  @Test
  void cellsCoverTheSoundWhateverWindowAndHop() {
    for (double window : new double[] {0.1, 0.33333, 0.5, 0.77777}) {
      for (double hop : new double[] {0.1, 0.17, 0.33333, window}) {
        if (hop <= window) {
          TimelineUpdate all = run(new Timeline(window, hop), sound(3.3, 0.5f));
          double before = 0;
          for (TimelineCell cell : all.cells()) {
            assertThat(cell.startSeconds()).isEqualTo(before);
            assertThat(cell.scores()).isPresent();
            assertThat(cell.speechSeconds())
                .isCloseTo(cell.endSeconds() - cell.startSeconds(), within(TOLERANCE));
            before = cell.endSeconds();
          }
          assertThat(before).isEqualTo(3.3);
          assertThat(all.segments()).hasSize(1);
        }
      }
    }
  }

  @Test
  void aCellHasTheMeanOfTheWindowsThatReachIntoIt() {
    // Windows 0-4, 2-6, 4-8; the sound is positive up to 4 s.
    Waveform sound = join(sound(4, 0.5f), sound(4, -0.5f));
    TimelineUpdate all = run(Timeline.DEFAULT, sound);

    assertThat(all.windows())
        .extracting(window -> window.scores().orElseThrow().of("positive"))
        .usingElementComparator((a, b) -> Math.abs(a - b) < TOLERANCE ? 0 : 1)
        .containsExactly(1.0, 0.5, 0.0);
    assertThat(all.cells())
        .extracting(cell -> cell.scores().orElseThrow().of("positive"))
        .usingElementComparator((a, b) -> Math.abs(a - b) < TOLERANCE ? 0 : 1)
        .containsExactly(1.0, 0.75, 0.25, 0.0);
    assertThat(all.segments())
        .extracting(segment -> segment.startSeconds() + "-" + segment.endSeconds())
        .containsExactly("0.0-4.0", "4.0-8.0");
  }

  @Test
  void windowsThatOverlapACellInPartCountByTheOverlap() {
    // Windows 0-3 and 2-5 of 5 s: the second covers a half of the cell 2-4, then all of 4-5.
    Waveform sound = join(sound(2, 0.5f), sound(3, -0.5f));
    TimelineUpdate all = run(new Timeline(3, 2), sound);

    double first = 2 / 3.0;
    assertThat(all.cells().get(1).scores().orElseThrow().of("positive"))
        .isCloseTo((first * 1 + 0 * 2) / 3, within(TOLERANCE));
  }

  @Test
  void windowsWithoutSpeechAreNotScored() {
    Waveform sound = join(sound(2, 0.5f), sound(60, 0), sound(2, -0.5f));
    TimelineUpdate all = run(new Timeline(2, 1), sound);

    assertThat(scored).isEqualTo(4);
    assertThat(all.windows()).filteredOn(window -> window.scores().isPresent()).hasSize(4);
    assertThat(all.windows()).noneMatch(HeardWindow::dropped);
    assertThat(all.segments())
        .extracting(
            segment ->
                segment.startSeconds() + "-" + segment.endSeconds() + " " + segment.emotion())
        .containsExactly("0.0-2.0 positive", "62.0-64.0 negative");
  }

  @Test
  void tooLittleSpeechIsNoSegment() {
    assertThat(run(new Timeline(2, 1), join(sound(3, 0), sound(0.49, 1), sound(3, 0))).segments())
        .isEmpty();
    assertThat(run(new Timeline(2, 1), join(sound(3, 0), sound(0.5, 1), sound(3, 0))).segments())
        .hasSize(1);
    // A window that is short itself needs half of it.
    assertThat(run(new Timeline(2, 1), sound(0.1, 1)).segments()).hasSize(1);
  }

  @Test
  void segmentsBeginAndEndWhereTheSpeechDoes() {
    Waveform sound =
        join(sound(0.7, 0), sound(2.6, 0.5f), sound(0.4, 0), sound(1, 0.5f), sound(2, 0));
    assertThat(run(new Timeline(2, 1), sound).segments())
        .singleElement()
        .satisfies(
            segment -> {
              assertThat(segment.startSeconds()).isCloseTo(0.7, within(TOLERANCE));
              assertThat(segment.endSeconds()).isCloseTo(4.7, within(TOLERANCE));
            });
  }

  @Test
  void theCutsBetweenPushesDoNotMatter() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 10; run++) {
      Waveform sound = randomSpeech(random);
      Timeline timeline = run % 2 == 0 ? new Timeline(0.4, 0.2) : new Timeline(0.7, 0.3);
      TimelineUpdate whole = run(timeline, sound);
      EmotionStream stream = stream(timeline);
      TimelineUpdate.Builder pieces = new TimelineUpdate.Builder();
      for (int from = 0; from < sound.length(); ) {
        int to = Math.min(sound.length(), from + random.nextInt(0, 9000));
        pieces.addAll(stream.push(sound.slice(from, to)));
        from = to;
      }
      pieces.addAll(stream.finish());
      assertThat(pieces.build()).as("-Dtest.seed=%d", seed).isEqualTo(whole);
    }
  }

  private static Waveform randomSpeech(SplittableRandom random) {
    List<Waveform> parts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      float level = random.nextInt(-1, 2);
      parts.add(sound(random.nextDouble(0.05, 1.2), level));
    }
    return join(parts.toArray(Waveform[]::new));
  }

  @Test
  void whatIsKnownIsToldAtOnce() {
    EmotionStream stream = stream(new Timeline(2, 1));
    assertThat(stream.push(sound(1.9, 0.5f)).windows()).isEmpty();
    assertThat(stream.push(sound(0.1, 0.5f)).windows()).hasSize(1);
    assertThat(stream.push(sound(1, 0)).windows()).hasSize(1);
    assertThat(stream.push(sound(1, 0)).segments()).hasSize(1);
    assertThat(stream.seconds()).isEqualTo(4);
  }

  @Test
  void batchesAreBounded() {
    run(new Timeline(0.2, 0.1), sound(60, 0.5f));
    assertThat(scored).isEqualTo(599);
    assertThat(largestBatch).isEqualTo(8);
  }

  @Test
  void nothingComesAfterTheEnd() {
    EmotionStream stream = stream(Timeline.DEFAULT);
    assertThat(stream.finish()).isEqualTo(new TimelineUpdate.Builder().build());
    assertThat(stream.finish()).isEqualTo(new TimelineUpdate.Builder().build());
    assertThatIllegalStateException().isThrownBy(() -> stream.push(sound(1, 0)));
  }

  private TimelineUpdate run(Timeline timeline, Waveform sound) {
    EmotionStream stream = stream(timeline);
    TimelineUpdate.Builder all = new TimelineUpdate.Builder();
    all.addAll(stream.push(sound));
    all.addAll(stream.finish());
    return all.build();
  }

  private EmotionStream stream(Timeline timeline) {
    scored = 0;
    largestBatch = 0;
    return new EmotionStream(
        windows -> {
          scored += windows.size();
          largestBatch = Math.max(largestBatch, windows.size());
          return windows.stream().map(EmotionStreamTest::scores).toList();
        },
        new FakeSpeech(),
        timeline,
        Integer.MAX_VALUE);
  }

  /** The share of the samples that are positive, of those that are not 0. */
  static EmotionScores scores(Waveform window) {
    double positive = 0;
    double negative = 0;
    for (int i = 0; i < window.length(); i++) {
      positive += window.get(i) > 0 ? 1 : 0;
      negative += window.get(i) < 0 ? 1 : 0;
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("positive", positive / (positive + negative));
    scores.put("negative", negative / (positive + negative));
    return new EmotionScores(scores);
  }

  static Waveform sound(double seconds, float level) {
    float[] samples = new float[(int) Math.round(seconds * Waveform.SAMPLE_RATE_HZ)];
    Arrays.fill(samples, level);
    return Waveform.of(samples);
  }

  static Waveform join(Waveform... parts) {
    RecentSamples all = new RecentSamples();
    for (Waveform part : parts) {
      all.append(part);
    }
    return all.slice(new SampleRange(0, all.end()));
  }
}
