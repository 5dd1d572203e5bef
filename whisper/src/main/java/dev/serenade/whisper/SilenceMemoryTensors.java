package dev.serenade.whisper;

import dev.serenade.whisper.SilenceMemory.Block;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import dev.serenade.whisper.tensor.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A silence memory as tensors of a safetensors file: {@code silence_memory.B.starts}, {@code .keys}
 * and {@code .values} for each block B from 1.
 */
final class SilenceMemoryTensors {

  private SilenceMemoryTensors() {}

  /** Returns whether a file holds the memory of a block. */
  static boolean hold(TensorSource tensors, int block) {
    return tensors.names().contains(keysName(block));
  }

  /**
   * Reads the memory of the first blocks.
   *
   * @throws TensorFormatException if a tensor is missing, or is not that of a memory
   */
  static SilenceMemory read(TensorSource tensors, WhisperConfig config, int count)
      throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int block = 1; block <= count; block++) {
      int cells = Math.min(SilenceMemory.CELLS, config.positions());
      FloatTensor starts = tensors.read(startsName(block), cells);
      List<Integer> list = new ArrayList<>();
      for (int cell = 0; cell < cells; cell++) {
        float start = starts.get(cell);
        int least = cell == 0 ? 0 : list.get(cell - 1) + 1;
        int most = cell == 0 ? 0 : config.positions() - 1;
        if (start != Math.rint(start) || start < least || start > most) {
          throw new TensorFormatException(
              "%s: tensor %s: expected whole numbers that ascend from 0 and stay below %d, found %s at %d"
                  .formatted(
                      tensors.describe(), startsName(block), config.positions(), start, cell));
        }
        list.add((int) start);
      }
      long[] shape = {SilenceMemory.levels(), cells, config.width()};
      blocks.add(
          new Block(
              list,
              config.positions(),
              tensors.storedFloats(keysName(block), shape),
              tensors.storedFloats(valuesName(block), shape)));
    }
    return new SilenceMemory(blocks);
  }

  /** Returns the memory of the first blocks; float16 holds it exactly. */
  static Map<String, FloatTensor> of(SilenceMemory memory, int count) {
    Map<String, FloatTensor> tensors = new TreeMap<>();
    for (int number = 1; number <= count; number++) {
      Block block = memory.block(number);
      float[] starts = new float[block.cells()];
      for (int cell = 0; cell < starts.length; cell++) {
        starts[cell] = block.start(cell);
      }
      tensors.put(startsName(number), FloatTensor.of(starts, starts.length));
      tensors.put(keysName(number), block.keys().toFloats());
      tensors.put(valuesName(number), block.values().toFloats());
    }
    return tensors;
  }

  private static final String PREFIX = "silence_memory.";

  private static String startsName(int block) {
    return PREFIX + block + ".starts";
  }

  private static String keysName(int block) {
    return PREFIX + block + ".keys";
  }

  private static String valuesName(int block) {
    return PREFIX + block + ".values";
  }
}
