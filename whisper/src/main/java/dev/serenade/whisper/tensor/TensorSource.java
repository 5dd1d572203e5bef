package dev.serenade.whisper.tensor;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;

/**
 * Tensors by name, read one at a time.
 *
 * <p>Implementations may be read by many threads until closed.
 */
public interface TensorSource extends Closeable {

  /** Returns the names of all tensors. */
  Set<String> names();

  /**
   * Returns what is stored under a name, without reading its values.
   *
   * @throws TensorFormatException if there is no such tensor
   */
  TensorInfo info(String name) throws TensorFormatException;

  /**
   * Reads a tensor of any floating-point type as 32-bit floats.
   *
   * @throws TensorFormatException if there is no such tensor, or it does not hold floats
   * @throws IOException if it cannot be read
   */
  FloatTensor read(String name) throws IOException;

  /**
   * Returns a tensor as it is stored, without converting its elements.
   *
   * @throws TensorFormatException if there is no such tensor
   * @throws IOException if it cannot be read
   */
  StoredTensor stored(String name) throws IOException;

  /**
   * Reads a tensor that must have a certain shape.
   *
   * @throws TensorFormatException if it is missing or has another shape; the message names the
   *     shapes
   */
  default FloatTensor read(String name, long... shape) throws IOException {
    requireShape(name, shape);
    return read(name);
  }

  /**
   * Returns a tensor of floating-point numbers as they are stored.
   *
   * @throws TensorFormatException if it is missing, has another shape or does not hold floats
   */
  default StoredTensor storedFloats(String name, long... shape) throws IOException {
    requireShape(name, shape);
    StoredTensor tensor = stored(name);
    if (!tensor.type().isFloat()) {
      throw new TensorFormatException(
          "%s: tensor %s: expected floating-point numbers, found %s"
              .formatted(describe(), name, tensor.type()));
    }
    return tensor;
  }

  /**
   * Checks that there is a tensor of this name and shape.
   *
   * @throws TensorFormatException if it is missing or has another shape; the message names the
   *     shapes
   */
  default void requireShape(String name, long... shape) throws TensorFormatException {
    if (!names().contains(name)) {
      throw new TensorFormatException(
          "%s: tensor %s is missing; expected one of shape %s"
              .formatted(describe(), name, Arrays.toString(shape)));
    }
    info(name).requireShape(describe(), shape);
  }

  /** Returns where the tensors come from, for messages. */
  String describe();
}
