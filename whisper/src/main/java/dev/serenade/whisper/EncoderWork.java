package dev.serenade.whisper;

import dev.serenade.whisper.mel.LogMelGraph;

/**
 * How many multiply-adds {@link EncoderGraph} does for one clip: those of its matrix products,
 * convolutions and attention, which are all but a few per cent of its time.
 *
 * <p>With T the frames that are computed ({@link Window#encodedFrames}), D, F, B and L the width,
 * feed-forward width, Mel bands and blocks, and P the cells of the silence memory (0 without it):
 *
 * <pre>{@code
 * C = T, or with the memory min(T + 1, positions)     frames that are convolved
 * S = min(2 C + 3, 2 positions) + 1                   spectra, a few more than the 2 C Mel frames
 * front end      400 * 400 S + 400 B min(S, 2 positions)
 * convolutions   3 B D 2 C + 3 D D C
 * a block        4 D D T + 2 D F T + 2 D T (T + P)    projections, feed-forward, q.k and w.v
 * its memory     2 * levels P D                       keys and values, interpolated
 * }</pre>
 *
 * <p>Norms, activations and the softmax are not counted. A multiply-add is two floating-point
 * operations.
 *
 * @param frontEnd of the log-Mel spectrogram
 * @param convolutions of the two before the blocks
 * @param blocks of all blocks that are computed
 */
public record EncoderWork(long frontEnd, long convolutions, long blocks) {

  /**
   * Counts the work of one clip.
   *
   * @param blocks how many are computed: the last layer that is asked for
   * @param samples the clip's length
   * @throws IllegalArgumentException if there are not so many blocks, or there is no clip
   */
  public static EncoderWork of(WhisperConfig config, Window window, int blocks, int samples) {
    if (blocks < 0 || blocks > config.blocks() || samples < 1) {
      throw new IllegalArgumentException(
          "expected from 0 to %d blocks and at least 1 sample, found %d and %d"
              .formatted(config.blocks(), blocks, samples));
    }
    boolean remembers = window.mode() == Window.Mode.MEMORY;
    long frames = window.encodedFrames(samples, config.positions());
    long convolved = remembers ? Math.min(frames + 1, config.positions()) : frames;
    long width = config.width();
    long perFrame = 4 * width * width + 2 * width * config.feedForwardWidth();
    long cells = remembers ? Math.min(SilenceMemory.CELLS, config.positions()) : 0;
    long attended = 2 * width * frames * (frames + cells);
    long interpolated = 2 * SilenceMemory.levels() * cells * width;
    return new EncoderWork(
        LogMelGraph.multiplyAdds(config.melBands(), 2 * config.positions(), 2 * convolved),
        3 * config.melBands() * width * 2 * convolved + 3 * width * width * convolved,
        blocks * (perFrame * frames + attended + interpolated));
  }

  /** Returns all multiply-adds. */
  public long total() {
    return frontEnd + convolutions + blocks;
  }

  /** Returns all floating-point operations, in thousands of millions: two for a multiply-add. */
  public double gigaflops() {
    return 2e-9 * total();
  }
}
