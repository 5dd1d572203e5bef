package dev.serenade.whisper.tensor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How the elements of a tensor are stored, by the names of the safetensors format. */
public enum ElementType {
  /** IEEE 754 binary16. */
  F16(2),
  /** The upper half of a binary32. */
  BF16(2),
  /** IEEE 754 binary32. */
  F32(4),
  /** IEEE 754 binary64. */
  F64(8),
  /** Signed integer of 64 bits. */
  I64(8),
  /** Signed integer of 32 bits. */
  I32(4),
  /** Signed integer of 8 bits. */
  I8(1),
  /** Unsigned integer of 8 bits. */
  U8(1),
  /** A byte that is 0 or 1. */
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the type of this name, if it is one that is known here. */
  public static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Returns the size of one element, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether elements are floating-point numbers. */
  public boolean isFloat() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  /** Converts all elements of a little-endian buffer. Must be a floating-point type. */
  void toFloats(ByteBuffer source, FloatBuffer target) {
    int count = target.remaining();
    switch (this) {
      case F32 -> target.put(source.asFloatBuffer());
      case F16 -> {
        var halves = source.asShortBuffer();
        for (int i = 0; i < count; i++) {
          target.put(Float16.toFloat(halves.get(i)));
        }
      }
      case BF16 -> {
        var halves = source.asShortBuffer();
        for (int i = 0; i < count; i++) {
          target.put(Float.intBitsToFloat(halves.get(i) << 16));
        }
      }
      case F64 -> {
        var doubles = source.asDoubleBuffer();
        for (int i = 0; i < count; i++) {
          target.put((float) doubles.get(i));
        }
      }
      case I64, I32, I8, U8, BOOL ->
          throw new IllegalStateException(this + " does not hold floating-point numbers");
    }
  }
}
