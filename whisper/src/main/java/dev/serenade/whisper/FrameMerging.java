package dev.serenade.whisper;

/**
 * Fewer frames behind a layer: neighbours become one, so that later blocks have less to do.
 *
 * <pre>{@code
 * x'_t = (x_{f t} + ... + x_{f t + f - 1}) / f     x the states of layer m, f the factor
 * }</pre>
 *
 * <p>The blocks after m, trained on 50 frames a second, see 50 / f; a merged frame counts f times
 * beside remembered silence. All layers asked for come out with the frames of the last.
 *
 * @param after the layer m; from 0, what goes into the first block
 * @param factor f: 1 (nothing is merged), 2 or 4
 */
public record FrameMerging(int after, int factor) {

  /** Every frame stays. */
  public static final FrameMerging NONE = new FrameMerging(0, 1);

  /** Checks the ranges. */
  public FrameMerging {
    if (after < 0) {
      throw new IllegalArgumentException("layers are counted from 0, found " + after);
    }
    if (factor != 1 && factor != 2 && factor != 4) {
      throw new IllegalArgumentException("expected a factor of 1, 2 or 4, found " + factor);
    }
  }

  /** Returns how many frames one state of a layer, the last that is computed, stands for. */
  public int factorAt(int lastLayer) {
    return lastLayer >= after ? factor : 1;
  }
}
