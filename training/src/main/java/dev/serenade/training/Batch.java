package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Some clips, handed to the engine.
 *
 * <p>Frames come packed, clip after clip without padding, so that the projector, which is nearly
 * all of the work, does none for padding however unlike the clips' lengths are.
 *
 * @param packed hidden states, shape (frames of all clips, W)
 * @param lengths how many frames each clip has
 * @param index which packed frame stands where, shape (B, T); padding points at frame 0
 * @param mask 1 for frames of the clip, 0 for padding, shape (B, T)
 */
record Batch(NDArray packed, List<Integer> lengths, NDArray index, NDArray mask) {

  /** Changes the hidden states of a clip, and perhaps how many frames it has. */
  @FunctionalInterface
  interface ClipEdit {

    /**
     * Changes a clip in place.
     *
     * @param states binary16, shape (T, D) from {@code start} on
     * @return how many frames there are now, between 1 and T
     */
    int apply(ShortBuffer states, int start, int frames);
  }

  /** Assembles batches in memory that it uses again; not thread-safe. */
  static final class Assembler {

    private final Features features;
    private ByteBuffer halves = ByteBuffer.allocateDirect(0);

    Assembler(Features features) {
      this.features = features;
    }

    /** Returns clips as they are; otherwise like {@link #assemble(NDManager, List, ClipEdit)}. */
    Batch assemble(NDManager manager, List<Example> examples) {
      return assemble(manager, examples, (states, start, frames) -> frames);
    }

    /** Returns a batch of the manager's; it is valid until the next one is assembled. */
    Batch assemble(NDManager manager, List<Example> examples, ClipEdit edit) {
      int width = features.width();
      int room = examples.stream().mapToInt(example -> features.frames(example.clip())).sum();
      ShortBuffer target = reserve(room * width).asShortBuffer();
      List<Integer> lengths = new ArrayList<>();
      for (Example example : examples) {
        int start = target.position();
        features.copyTo(example.clip(), target);
        int frames = edit.apply(target, start, features.frames(example.clip()));
        target.position(start + frames * width);
        lengths.add(frames);
      }
      halves.limit(target.position() * Short.BYTES);
      int total = target.position() / width;
      int longest = Collections.max(lengths);
      long[] index = new long[lengths.size() * longest];
      float[] mask = new float[index.length];
      int frame = 0;
      for (int i = 0; i < lengths.size(); i++) {
        for (int t = 0; t < lengths.get(i); t++) {
          index[i * longest + t] = frame++;
          mask[i * longest + t] = 1;
        }
      }
      Shape shape = new Shape(lengths.size(), longest);
      NDArray packed = manager.create(halves, new Shape(total, width), DataType.FLOAT16);
      return new Batch(
          packed.toType(DataType.FLOAT32, true),
          lengths,
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
