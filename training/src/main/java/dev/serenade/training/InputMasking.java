package dev.serenade.training;

import java.nio.ShortBuffer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Takes frames and dimensions from clips as {@link Perturbations} say. A clip keeps {@value
 * #FEWEST_FRAMES} frames at least, or all it has.
 */
final class InputMasking implements Batch.ClipEdit {

  /** 0.16 s. */
  static final int FEWEST_FRAMES = 8;

  private final Perturbations perturbations;
  private final short[] meanFrame;
  private final RandomGenerator random;

  /**
   * Prepares for some clips.
   *
   * @param meanFrame what a masked dimension holds, as binary16, shape (D)
   */
  InputMasking(Perturbations perturbations, short[] meanFrame, RandomGenerator random) {
    this.perturbations = perturbations;
    this.meanFrame = meanFrame;
    this.random = random;
  }

  /** The frames that stay are moved to the front. */
  @Override
  public int apply(ShortBuffer states, int start, int frames) {
    int width = meanFrame.length;
    int[] kept = keptFrames(frames);
    for (int i = 0; i < kept.length; i++) {
      // A frame never moves backwards in time, so none is overwritten before it has moved.
      states.put(start + i * width, states, start + kept[i] * width, width);
    }
    int masked = upTo(perturbations.featureMask(), width);
    for (int dimension : choose(masked, width)) {
      for (int i = 0; i < kept.length; i++) {
        states.put(start + i * width + dimension, meanFrame[dimension]);
      }
    }
    return kept.length;
  }

  private int[] keptFrames(int frames) {
    int fewest = Math.min(frames, FEWEST_FRAMES);
    int stretch = Math.min(upTo(perturbations.timeMask(), frames), frames - fewest);
    int from = stretch == 0 ? 0 : random.nextInt(frames - stretch + 1);
    int rest = frames - stretch;
    int count = (int) Math.max(fewest, Math.round(perturbations.frameShare() * rest));
    return IntStream.of(choose(count, rest)).map(t -> t < from ? t : t + stretch).toArray();
  }

  /** Draws a number between 0 and this share of a length. */
  private int upTo(double share, int length) {
    int greatest = (int) (share * length);
    return greatest == 0 ? 0 : random.nextInt(greatest + 1);
  }

  /**
   * Chooses some of so many, each choice as likely as any other, in ascending order (Knuth, The Art
   * of Computer Programming, volume 2, algorithm S).
   */
  private int[] choose(int count, int of) {
    if (count == of) {
      return IntStream.range(0, of).toArray();
    }
    int[] chosen = new int[count];
    int found = 0;
    for (int i = 0; found < count; i++) {
      if (random.nextInt(of - i) < count - found) {
        chosen[found++] = i;
      }
    }
    return chosen;
  }
}
