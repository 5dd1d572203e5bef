package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.audio.Waveform;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaveformBatchTest {

  private static final int POSITIONS = 60;

  @Test
  void everyClipIsInOneBatchWithClipsOfItsGridLength() {
    TestSeeds.upTo(50)
        .forEach(
            seed -> {
              Random random = new Random(seed);
              List<Waveform> clips =
                  IntStream.range(0, 1 + random.nextInt(40))
                      .mapToObj(i -> States.noise(1 + random.nextInt(60 * 320), i))
                      .toList();
              List<WaveformBatch> batches =
                  WaveformBatch.of(clips, Window.adaptive(), POSITIONS, 3);
              List<Integer> seen = new ArrayList<>();
              for (WaveformBatch batch : batches) {
                seen.addAll(batch.indices());
                assertThat(batch.indices()).as("-Dtest.seed=%d", seed).hasSizeBetween(1, 3);
                assertThat(
                        batch.lengths().stream()
                            .map(l -> Window.adaptive().encodedFrames(l, POSITIONS))
                            .distinct())
                    .as("-Dtest.seed=%d", seed)
                    .hasSize(1);
                assertRowsHoldTheirClips(batch, clips);
              }
              assertThat(seen)
                  .as("-Dtest.seed=%d", seed)
                  .containsExactlyInAnyOrderElementsOf(
                      IntStream.range(0, clips.size()).boxed().toList());
            });
  }

  private static void assertRowsHoldTheirClips(WaveformBatch batch, List<Waveform> clips) {
    int longest = (int) batch.samples().shape()[1];
    for (int row = 0; row < batch.indices().size(); row++) {
      Waveform clip = clips.get(batch.indices().get(row));
      assertThat(batch.lengths().get(row)).isEqualTo(clip.length());
      for (int i = 0; i < longest; i++) {
        float expected = i < clip.length() ? clip.get(i) : 0;
        if (batch.samples().get(row * longest + i) != expected) {
          throw new AssertionError("row %d, sample %d".formatted(row, i));
        }
      }
    }
  }

  @Test
  void noClipsGiveNoBatch() {
    assertThat(WaveformBatch.of(List.of(), Window.padded(), POSITIONS, 8)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19_201})
  void emptyAndTooLongClipsAreNamed(int samples) {
    List<Waveform> clips = List.of(States.noise(100, 1), States.noise(samples, 1));
    assertThatThrownBy(() -> WaveformBatch.of(clips, Window.adaptive(), POSITIONS, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "clip 1: expected more than 0 s and at most 1.2 s, found %s s"
                .formatted(samples / 16_000.0));
  }
}
