package dev.serenade.recognition.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionScores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SegmentBuilderTest {

  private final SegmentBuilder builder = new SegmentBuilder();

  @Test
  void partsOfOneEmotionAreOneSegmentWithTheirMeanScores() {
    add(0, 2, 0.6);
    add(2, 3, 0.9);

    assertThat(finished()).containsExactly("0.0-3.0 angry");
  }

  @Test
  void eachPartCountsByItsLength() {
    add(0, 2, 0.6);
    add(2, 3, 0.9);
    builder.finish();

    assertThat(builder.takeFinished().get(0).confidence()).isCloseTo(0.7, within(1e-12));
  }

  @Test
  void aClearChangeCountsAtOnce() {
    add(0, 2, 0.7);
    add(2, 4, 0.39);
    add(4, 6, 0.7);

    assertThat(finished()).containsExactly("0.0-2.0 angry", "2.0-4.0 sad", "4.0-6.0 angry");
  }

  @Test
  void aSlightChangeOfOneCellIsAbsorbedAndDoesNotCount() {
    add(0, 2, 0.7);
    add(2, 4, 0.41);
    add(4, 6, 0.7);
    builder.finish();

    List<TimelineSegment> segments = builder.takeFinished();
    assertThat(segments).extracting(SegmentBuilderTest::text).containsExactly("0.0-6.0 angry");
    assertThat(segments.get(0).confidence()).isCloseTo(0.7, within(1e-12));
  }

  @Test
  void aSlightChangeOfTwoCellsCountsFromTheFirst() {
    add(0, 2, 0.7);
    add(2, 4, 0.45);
    add(4, 6, 0.45);

    assertThat(finished()).containsExactly("0.0-2.0 angry", "2.0-6.0 sad");
  }

  @Test
  void aSlightChangeAtTheEndIsAbsorbed() {
    add(0, 2, 0.7);
    add(2, 4, 0.45);

    assertThat(finished()).containsExactly("0.0-4.0 angry");
  }

  @Test
  void pausesOfMoreThanHalfASecondEndASegment() {
    add(0, 1.5, 0.7);
    add(2, 3, 0.7);
    add(3.51, 4, 0.7);

    assertThat(finished()).containsExactly("0.0-3.0 angry", "3.51-4.0 angry");
  }

  @Test
  void aLongPauseEndsASegmentBeforeAnythingFollows() {
    add(0, 1, 0.7);
    builder.pauseUntil(24_000);
    assertThat(builder.takeFinished()).isEmpty();
    builder.pauseUntil(24_001);
    assertThat(builder.takeFinished()).hasSize(1);
  }

  @Test
  void whatIsTooShortDecidesNothing() {
    add(1.9, 2, 0.1);
    add(2, 4, 0.7);
    add(4, 4.1, 0.1);

    assertThat(finished()).containsExactly("1.9-4.1 angry");
  }

  @Test
  void whatIsTooShortIsASegmentWhereThereIsNothingElse() {
    add(1, 1.1, 0.1);

    assertThat(finished()).containsExactly("1.0-1.1 sad");
  }

  @Test
  void segmentsAreInOrderApartAndCoverEachPart() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int run = 0; run < 200; run++) {
      SegmentBuilder some = new SegmentBuilder();
      long at = 0;
      long spoken = 0;
      for (int i = 0; i < 40; i++) {
        at += random.nextBoolean() ? 0 : random.nextInt(20_000);
        long end = at + random.nextInt(1, 32_000);
        some.add(new SampleRange(at, end), scores(random.nextDouble()));
        spoken += end - at;
        at = end;
      }
      some.finish();
      List<TimelineSegment> segments = some.takeFinished();
      double covered = 0;
      double before = 0;
      String emotion = "";
      for (TimelineSegment segment : segments) {
        assertThat(segment.startSeconds())
            .as("-Dtest.seed=%d", seed)
            .isGreaterThanOrEqualTo(before);
        assertThat(segment.endSeconds()).isGreaterThan(segment.startSeconds());
        if (segment.startSeconds() == before) {
          assertThat(segment.emotion()).isNotEqualTo(emotion);
        }
        before = segment.endSeconds();
        emotion = segment.emotion();
        covered += segment.endSeconds() - segment.startSeconds();
      }
      assertThat(covered)
          .as("-Dtest.seed=%d", seed)
          .isGreaterThanOrEqualTo((double) spoken / Waveform.SAMPLE_RATE_HZ - 1e-6);
    }
  }

  private void add(double start, double end, double angry) {
    builder.add(new SampleRange(samples(start), samples(end)), scores(angry));
  }

  private List<String> finished() {
    builder.finish();
    return builder.takeFinished().stream().map(SegmentBuilderTest::text).toList();
  }

  private static String text(TimelineSegment segment) {
    return segment.startSeconds() + "-" + segment.endSeconds() + " " + segment.emotion();
  }

  private static long samples(double seconds) {
    return Math.round(seconds * Waveform.SAMPLE_RATE_HZ);
  }

  private static EmotionScores scores(double angry) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("angry", angry);
    scores.put("sad", 1 - angry);
    return new EmotionScores(scores);
  }
}
