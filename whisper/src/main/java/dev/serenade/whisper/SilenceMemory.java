package dev.serenade.whisper;

import dev.serenade.whisper.tensor.StoredTensor;
import java.util.List;

/**
 * What an encoder hears in silence: keys and values of each block's attention, remembered so that a
 * clip can be encoded as if it were padded to 30 s, without encoding the padding.
 *
 * <p>In Whisper's window of 30 s every frame of padding has the same log-Mel value in all bands,
 * the floor, (max(loudest - 8, -10) + 4) / 4, and what attention sees there hardly depends on the
 * clip. So a silent window is encoded for each of a few floors, and its frames are thinned: they
 * are divided into cells of frames that resemble each other ({@link SilenceCells}), and the frame
 * in the middle of a cell stands for all of it. {@link SilenceListener} does that. {@link
 * RememberedSilence} says how a clip uses that.
 *
 * <p>The memory of a block depends on no later block, so an encoder that is cut after a block hears
 * what the whole one hears there. Immutable and safe for use by many threads.
 */
final class SilenceMemory {

  /**
   * Floors that are remembered. -1.5 is that of digital silence, the lowest there is; -0.4 that of
   * a tone at full scale; speech lies between. Floors between levels are interpolated, which with
   * steps of 0.4 is as good as with steps of 0.2 or 0.3; the nearest level alone would double the
   * error after block 1.
   */
  private static final float[] LEVELS = {-1.5f, -1.1f, -0.7f, -0.3f};

  /**
   * Cells of a block. Relative error against the padded window after blocks 1 to 4 of tiny.en with
   * 64: 0.016 0.034 0.062 0.129; with 128: 0.011 0.031 0.059 0.111; with 256: 0.009 0.030 0.059
   * 0.113; in base after block 3: 0.061, 0.058, 0.057. What is left comes of silence that does not
   * answer to the clip.
   */
  static final int CELLS = 128;

  /**
   * The memory of one block.
   *
   * @param starts the first frame of each cell, ascending from 0
   * @param positions where the last cell ends
   * @param keys shape (levels, cells, D)
   * @param values shape (levels, cells, D), before their bias is added
   */
  record Block(List<Integer> starts, int positions, StoredTensor keys, StoredTensor values) {

    Block {
      starts = List.copyOf(starts);
    }

    int cells() {
      return starts.size();
    }

    int start(int cell) {
      return starts.get(cell);
    }

    int end(int cell) {
      return cell + 1 < starts.size() ? starts.get(cell + 1) : positions;
    }
  }

  private final List<Block> blocks;

  SilenceMemory(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /** Returns how many floors are remembered. */
  static int levels() {
    return LEVELS.length;
  }

  /** Returns one of the floors, which are equally far from each other. */
  static float level(int index) {
    return LEVELS[index];
  }

  /** Returns how many blocks are remembered. */
  int blocks() {
    return blocks.size();
  }

  /** Returns the memory of a block, counted from 1. */
  Block block(int number) {
    return blocks.get(number - 1);
  }
}
