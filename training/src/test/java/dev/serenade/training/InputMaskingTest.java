package dev.serenade.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A clip's frame t holds 100 t + d in dimension d, so that it is known again wherever it lies. */
final class InputMaskingTest {

  private static final int WIDTH = 10;
  private static final int START = 7;
  private static final short MEAN = -1;

  private record Masked(List<Integer> frames, Set<Integer> dimensions) {}

  private static List<Masked> apply(Perturbations perturbations, int frames, int times) {
    short[] meanFrame = new short[WIDTH];
    Arrays.fill(meanFrame, MEAN);
    InputMasking masking = new InputMasking(perturbations, meanFrame, new SplittableRandom(3));
    List<Masked> results = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      ShortBuffer states = ShortBuffer.allocate(START + frames * WIDTH);
      for (int j = 0; j < frames * WIDTH; j++) {
        states.put(START + j, (short) (100 * (j / WIDTH) + j % WIDTH));
      }
      results.add(read(states, masking.apply(states, START, frames)));
    }
    return results;
  }

  private static Masked read(ShortBuffer states, int frames) {
    List<Integer> kept = new ArrayList<>();
    Set<Integer> dimensions = new HashSet<>();
    for (int t = 0; t < frames; t++) {
      Set<Integer> origins = new HashSet<>();
      for (int d = 0; d < WIDTH; d++) {
        short value = states.get(START + t * WIDTH + d);
        if (value == MEAN) {
          dimensions.add(d);
        } else {
          assertThat(value % 100).isEqualTo(d);
          origins.add(value / 100);
        }
      }
      assertThat(origins).as("a frame moves as a whole").hasSize(1);
      kept.addAll(origins);
    }
    return new Masked(kept, dimensions);
  }

  @Test
  void noneLeavesClipsAsTheyAre() {
    Masked masked = apply(Perturbations.NONE, 4, 1).get(0);
    assertThat(masked.frames()).containsExactly(0, 1, 2, 3);
    assertThat(masked.dimensions()).isEmpty();
  }

  @Test
  void aShareOfTheFramesStaysInOrderAndEachFrameHasItsTurn() {
    int[] counts = new int[40];
    for (Masked masked : apply(new Perturbations(0.5, 0, 0, 0), 40, 1000)) {
      assertThat(masked.frames()).hasSize(20).isSorted().doesNotHaveDuplicates();
      masked.frames().forEach(frame -> counts[frame]++);
    }
    // Five standard deviations of a binomial count.
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 420 && count < 580);
  }

  @Test
  void shortClipsKeepAFewFrames() {
    Perturbations harsh = new Perturbations(0.01, 0.99, 0, 0);
    assertThat(apply(harsh, 100, 100))
        .allMatch(masked -> masked.frames().size() == InputMasking.FEWEST_FRAMES);
    assertThat(apply(harsh, 3, 100)).allMatch(masked -> masked.frames().size() == 3);
  }

  @Test
  void theTimeMaskIsOneStretchOfAnyLengthUpToItsShare() {
    Set<Integer> lengths = new HashSet<>();
    Set<Integer> ends = new HashSet<>();
    for (Masked masked : apply(new Perturbations(1, 0.25, 0, 0), 40, 1000)) {
      List<Integer> frames = masked.frames();
      lengths.add(40 - frames.size());
      int gaps = 0;
      for (int i = 1; i < frames.size(); i++) {
        gaps += frames.get(i) > frames.get(i - 1) + 1 ? 1 : 0;
      }
      assertThat(gaps).isBetween(0, 1);
      ends.add(frames.get(0));
      ends.add(frames.get(frames.size() - 1));
    }
    assertThat(lengths).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(ends).as("a stretch may lie at either end").contains(0, 10, 29, 39);
  }

  @Test
  void maskedDimensionsHoldTheMeanThroughoutTheClip() {
    Set<Integer> sizes = new HashSet<>();
    Set<Integer> all = new HashSet<>();
    for (Masked masked : apply(new Perturbations(1, 0, 0.3, 0), 12, 500)) {
      sizes.add(masked.dimensions().size());
      all.addAll(masked.dimensions());
    }
    assertThat(sizes).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(all).hasSize(WIDTH);
  }
}
