package dev.serenade.whisper.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A dense array of 32-bit floats in row-major order. Outside the Java heap ({@link #allocate})
 * where ONNX Runtime should read it in place.
 *
 * <p>Filled once by whoever makes it, then only read: safe for use by many threads.
 */
public final class FloatTensor {

  /** The most elements of one tensor: 2 GiB, what a buffer can address. */
  static final int MAX_SIZE = Integer.MAX_VALUE / Float.BYTES;

  private final long[] shape;
  private final FloatBuffer values;

  private FloatTensor(long[] shape, FloatBuffer values) {
    this.shape = shape;
    this.values = values;
  }

  /** Returns a tensor that holds a copy of these values. */
  public static FloatTensor of(float[] values, long... shape) {
    if (values.length != size(shape)) {
      throw new IllegalArgumentException(
          "shape %s needs %d values, found %d"
              .formatted(Arrays.toString(shape), size(shape), values.length));
    }
    FloatBuffer buffer = allocate(shape);
    buffer.put(values).rewind();
    return new FloatTensor(shape.clone(), buffer);
  }

  /**
   * Returns a tensor over this buffer, from its position to its limit, without copying; the caller
   * must not write to it afterwards.
   */
  public static FloatTensor wrap(FloatBuffer values, long... shape) {
    if (values.remaining() != size(shape)) {
      throw new IllegalArgumentException(
          "shape %s needs %d values, found %s"
              .formatted(Arrays.toString(shape), size(shape), values));
    }
    return new FloatTensor(shape.clone(), values.slice());
  }

  /** Returns a zeroed direct buffer in native order that holds a tensor of this shape. */
  public static FloatBuffer allocate(long... shape) {
    long size = size(shape);
    if (size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a tensor may hold at most %d values, shape %s holds %d"
              .formatted(MAX_SIZE, Arrays.toString(shape), size));
    }
    return ByteBuffer.allocateDirect((int) size * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Returns the number of elements of this shape; 1 for a scalar. */
  static long size(long... shape) {
    long size = 1;
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "dimensions must not be negative, found " + Arrays.toString(shape));
      }
      size = Math.multiplyExact(size, dimension);
    }
    return size;
  }

  /** Returns a copy of the shape. */
  public long[] shape() {
    return shape.clone();
  }

  /** Returns the number of elements. */
  public int size() {
    return values.limit();
  }

  /** Returns the element at this position in row-major order. */
  public float get(int index) {
    return values.get(index);
  }

  /** Returns all elements in row-major order, read-only. */
  public FloatBuffer values() {
    return values.asReadOnlyBuffer();
  }

  /** Returns a copy of all elements in row-major order. */
  public float[] toArray() {
    float[] copy = new float[size()];
    values.duplicate().get(copy);
    return copy;
  }

  @Override
  public String toString() {
    return "FloatTensor" + Arrays.toString(shape);
  }
}
