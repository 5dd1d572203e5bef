package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.List;

/**
 * Some clips, handed to the engine.
 *
 * <p>Frames come packed, clip after clip without padding, so that the projector, which is nearly
 * all of the work, does none for padding however unlike the clips' lengths are.
 *
 * @param packed hidden states, shape (frames of all clips, D)
 * @param index which packed frame stands where, shape (B, T); padding points at frame 0
 * @param mask 1 for frames of the clip, 0 for padding, shape (B, T)
 */
record Batch(NDArray packed, NDArray index, NDArray mask) {

  /** Assembles batches in memory that it uses again; not thread-safe. */
  static final class Assembler {

    private final Features features;
    private ByteBuffer halves = ByteBuffer.allocateDirect(0);

    Assembler(Features features) {
      this.features = features;
    }

    /** Returns a batch of the manager's; it is valid until the next one is assembled. */
    Batch assemble(NDManager manager, List<Example> examples) {
      int clips = examples.size();
      int total = 0;
      int longest = 0;
      for (Example example : examples) {
        int frames = features.frames(example.clip());
        total += frames;
        longest = Math.max(longest, frames);
      }
      long[] index = new long[clips * longest];
      float[] mask = new float[clips * longest];
      ShortBuffer target = reserve(total * features.width()).asShortBuffer();
      int frame = 0;
      for (int clip = 0; clip < clips; clip++) {
        int number = examples.get(clip).clip();
        features.copyTo(number, target);
        for (int t = 0; t < features.frames(number); t++) {
          index[clip * longest + t] = frame++;
          mask[clip * longest + t] = 1;
        }
      }
      Shape shape = new Shape(clips, longest);
      NDArray packed = manager.create(halves, new Shape(total, features.width()), DataType.FLOAT16);
      return new Batch(
          packed.toType(DataType.FLOAT32, true),
          manager.create(index, shape),
          manager.create(mask, shape));
    }

    private ByteBuffer reserve(int elements) {
      int bytes = elements * Short.BYTES;
      if (halves.capacity() < bytes) {
        halves = ByteBuffer.allocateDirect(bytes * 2).order(ByteOrder.nativeOrder());
      }
      return halves.clear().limit(bytes);
    }
  }
}
