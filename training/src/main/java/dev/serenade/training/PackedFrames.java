package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import dev.serenade.recognition.head.ClipFrames;

/** The frames of a batch, packed clip after clip. */
final class PackedFrames implements ClipFrames<NDArray> {

  private final Batch batch;

  PackedFrames(Batch batch) {
    this.batch = batch;
  }

  @Override
  public NDArray means(NDArray states) {
    int clips = batch.lengths().size();
    int frames = (int) states.getShape().get(0);
    float[] weights = new float[clips * frames];
    int frame = 0;
    for (int clip = 0; clip < clips; clip++) {
      int length = batch.lengths().get(clip);
      for (int t = 0; t < length; t++) {
        weights[clip * frames + frame++] = 1f / length;
      }
    }
    return manager().create(weights, new Shape(clips, frames)).matMul(states).expandDims(1);
  }

  @Override
  public NDArray spread(NDArray clips) {
    long[] clipOfFrame = new long[batch.lengths().stream().mapToInt(Integer::intValue).sum()];
    int frame = 0;
    for (int clip = 0; clip < batch.lengths().size(); clip++) {
      for (int t = 0; t < batch.lengths().get(clip); t++) {
        clipOfFrame[frame++] = clip;
      }
    }
    return rows(clips.squeeze(1), manager().create(clipOfFrame));
  }

  @Override
  public NDArray padded(NDArray states) {
    return rows(states, batch.index());
  }

  @Override
  public NDArray mask() {
    return batch.mask();
  }

  private static NDArray rows(NDArray table, NDArray numbers) {
    return numbers
        .getNDArrayInternal()
        .embedding(numbers, table, SparseFormat.DENSE)
        .singletonOrThrow();
  }

  private NDManager manager() {
    return batch.packed().getManager();
  }
}
