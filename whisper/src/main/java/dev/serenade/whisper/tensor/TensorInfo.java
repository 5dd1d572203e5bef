package dev.serenade.whisper.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * What a file says about one of its tensors.
 *
 * @param name its name
 * @param type how its elements are stored
 * @param shape its dimensions; empty for a scalar
 */
public record TensorInfo(String name, ElementType type, List<Long> shape) {

  /** Checks the shape and copies it. */
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** Returns the number of elements. */
  public long size() {
    return FloatTensor.size(shape.stream().mapToLong(Long::longValue).toArray());
  }

  void requireShape(String where, long... expected) throws TensorFormatException {
    if (!shape.equals(Arrays.stream(expected).boxed().toList())) {
      throw new TensorFormatException(
          "%s: tensor %s: expected shape %s, found %s"
              .formatted(where, name, Arrays.toString(expected), shape));
    }
  }
}
