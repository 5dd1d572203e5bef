package dev.serenade.whisper.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as its elements are stored, so that whoever can read that type need not wait until they
 * are converted one by one.
 *
 * @param type what each element is
 * @param shape its dimensions; empty for a scalar
 * @param bytes the elements in row-major order, little-endian; only read
 */
public record StoredTensor(ElementType type, List<Long> shape, ByteBuffer bytes) {

  /** Checks the size. */
  public StoredTensor {
    shape = List.copyOf(shape);
    bytes = bytes.slice().asReadOnlyBuffer();
    long expected =
        type.bytes() * FloatTensor.size(shape.stream().mapToLong(Long::longValue).toArray());
    if (bytes.remaining() != expected) {
      throw new IllegalArgumentException(
          "shape %s of %s takes %d bytes, found %d"
              .formatted(shape, type, expected, bytes.remaining()));
    }
  }

  /** Returns a copy of a tensor of 32-bit floats, outside the Java heap. */
  public static StoredTensor of(FloatTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(tensor.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    return new StoredTensor(ElementType.F32, Arrays.stream(tensor.shape()).boxed().toList(), bytes);
  }

  /** Returns the elements, little-endian, from position 0. */
  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the same with its elements outside the Java heap, where native code reads in place. */
  public StoredTensor outsideTheHeap() {
    if (bytes.isDirect()) {
      return this;
    }
    ByteBuffer copy = ByteBuffer.allocateDirect(bytes.remaining());
    copy.put(bytes()).rewind();
    return new StoredTensor(type, shape, copy);
  }

  /** Returns the dimensions. */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** Returns the elements as 32-bit floats. Must be of a floating-point type. */
  public FloatTensor toFloats() {
    FloatBuffer values = FloatTensor.allocate(dimensions());
    type.toFloats(bytes(), values);
    return FloatTensor.wrap(values.rewind(), dimensions());
  }
}
