package dev.serenade.whisper;

import dev.serenade.whisper.mel.LogMelGraph;
import java.io.IOException;

/**
 * How many multiply-adds {@link EncoderGraph} does for one clip: those of its matrix products,
 * convolutions and attention, which are all but a few per cent of its time.
 *
 * <p>With D, F and B the width, feed-forward width and Mel bands, T the frames that are computed
 * ({@link Window#encodedFrames}), in a block behind {@link FrameMerging} divided by its factor; and
 * where there is a silence memory, P its cells and P' those of which some frame is not computed:
 *
 * <pre>{@code
 * C = T, or with the memory min(T + 1, positions)     frames that are convolved
 * S = min(2 C + 3, 2 positions) + 1                   spectra, a few more than the 2 C Mel frames
 * front end      (200 + 199) 201 S + 201 B min(S, 2 positions)
 * convolutions   3 B D 2 C + 3 D D C
 * a block        4 D D T + 2 D F T + 2 D T (T + P')   projections, feed-forward, q.k and w.v
 * its memory     2 * levels P D                       keys and values, interpolated; none if T = positions
 * }</pre>
 *
 * <p>Norms, activations and the softmax are not counted. A multiply-add is two operations, of
 * floating point or, in a cheaper variant, of integers.
 *
 * @param frontEnd of the log-Mel spectrogram
 * @param convolutions of the two before the blocks
 * @param blocks of all blocks that are computed
 */
public record EncoderWork(long frontEnd, long convolutions, long blocks) {

  /**
   * Counts the work of one clip.
   *
   * @param lastLayer the last one that is computed
   * @param variant merged frames are less work; the precision makes no difference
   * @param samples the clip's length
   * @throws IllegalArgumentException if there is no such layer, or no clip
   * @throws IOException if the memory of silence cannot be read
   */
  public static EncoderWork of(
      EncoderWeights weights, Window window, int lastLayer, EncoderVariant variant, int samples)
      throws IOException {
    WhisperConfig config = weights.config();
    if (lastLayer < 0 || lastLayer > config.blocks() || samples < 1) {
      throw new IllegalArgumentException(
          "expected a layer from 0 to %d and at least 1 sample, found %d and %d"
              .formatted(config.blocks(), lastLayer, samples));
    }
    long frames = window.encodedFrames(samples, config.positions());
    boolean remembers = window.mode() == Window.Mode.MEMORY && frames < config.positions();
    long convolved = remembers ? Math.min(frames + 1, config.positions()) : frames;
    long width = config.width();
    long blocks = 0;
    for (int block = 1; block <= lastLayer; block++) {
      long states = frames;
      if (block > variant.merging().after()) {
        states /= variant.merging().factorAt(lastLayer);
      }
      long cells = 0;
      if (remembers) {
        SilenceMemory.Block silence = weights.silenceMemory(lastLayer).block(block);
        cells = cellsLeft(silence, frames);
        blocks += 2L * SilenceMemory.levels() * silence.cells() * width;
      }
      blocks += (4 * width * width + 2 * width * config.feedForwardWidth()) * states;
      blocks += 2 * width * states * (states + cells);
    }
    return new EncoderWork(
        LogMelGraph.multiplyAdds(config.melBands(), 2 * config.positions(), 2 * convolved),
        3L * config.melBands() * width * 2 * convolved + 3 * width * width * convolved,
        blocks);
  }

  private static long cellsLeft(SilenceMemory.Block silence, long frames) {
    long left = 0;
    for (int cell = 0; cell < silence.cells(); cell++) {
      if (silence.end(cell) > frames) {
        left++;
      }
    }
    return left;
  }

  /** Returns all multiply-adds. */
  public long total() {
    return frontEnd + convolutions + blocks;
  }

  /** Returns all operations, in thousands of millions: two for a multiply-add. */
  public double gigaflops() {
    return 2e-9 * total();
  }
}
