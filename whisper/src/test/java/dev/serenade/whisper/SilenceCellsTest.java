package dev.serenade.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SilenceCellsTest {

  private static List<float[]> frames(float... values) {
    return IntStream.range(0, values.length).mapToObj(t -> new float[] {values[t]}).toList();
  }

  @Test
  void framesThatResembleEachOtherShareACell() {
    assertThat(SilenceCells.starts(frames(1, 1, 1, 5, 5, 9, 9, 9, 9), 3)).containsExactly(0, 3, 5);
  }

  @Test
  void frameLikeNoOtherKeepsItsOwn() {
    float[] values = new float[100];
    values[37] = 10;
    assertThat(SilenceCells.starts(frames(values), 3)).containsExactly(0, 37, 38);
  }

  @Test
  void slopeIsDividedEvenly() {
    assertThat(SilenceCells.starts(frames(0, 1, 2, 3, 4, 5, 6, 7), 4)).containsExactly(0, 2, 4, 6);
  }

  @Test
  void noMoreCellsThanFrames() {
    assertThat(SilenceCells.starts(frames(1, 2, 3), 128)).containsExactly(0, 1, 2);
  }

  /** Against all ways to join two neighbours, tried one by one. */
  @Test
  void everyStepJoinsTheCheapestPair() {
    TestSeeds.upTo(200)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              double[] values = random.doubles(2 + random.nextInt(20), -1, 1).toArray();
              List<float[]> frames =
                  IntStream.range(0, values.length)
                      .mapToObj(t -> new float[] {(float) values[t]})
                      .toList();
              for (int most = values.length - 1; most >= 1; most--) {
                int[] before = SilenceCells.starts(frames, most + 1);
                int[] after = SilenceCells.starts(frames, most);
                double least =
                    IntStream.range(1, before.length)
                        .mapToDouble(i -> scatter(frames, without(before, i)))
                        .min()
                        .orElseThrow();
                assertThat(scatter(frames, after))
                    .as("-Dtest.seed=%d, %d cells", seed, most)
                    .isBetween(least - ROUNDING, least + ROUNDING);
              }
            });
  }

  private static final double ROUNDING = 1e-5;

  private static int[] without(int[] starts, int index) {
    return IntStream.range(0, starts.length).filter(i -> i != index).map(i -> starts[i]).toArray();
  }

  /** The sum of squared distances from the means of cells. */
  private static double scatter(List<float[]> frames, int[] starts) {
    double scatter = 0;
    for (int cell = 0; cell < starts.length; cell++) {
      int end = cell + 1 < starts.length ? starts[cell + 1] : frames.size();
      List<float[]> inside = frames.subList(starts[cell], end);
      double mean = inside.stream().mapToDouble(f -> f[0]).average().orElseThrow();
      scatter += inside.stream().mapToDouble(f -> Math.pow(f[0] - mean, 2)).sum();
    }
    return scatter;
  }
}
