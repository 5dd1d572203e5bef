package dev.serenade.whisper.tensor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * How the elements of a tensor are stored in a ggml file.
 *
 * <p>Quantised types keep 32 values of a row together: a scale d in binary16, with those that end
 * in 1 a least value m, then small integers q:
 *
 * <pre>{@code
 * value = d (q - 2^(bits-1))     Q4_0, Q5_0
 * value = d q + m                Q4_1, Q5_1
 * value = d q                    Q8_0, q signed
 * }</pre>
 *
 * <p>Of the lower four bits, a byte holds those of value i in its lower and those of value i + 16
 * in its upper half; fifth bits come before, in one integer of 32 bits.
 */
enum GgmlType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, 32, 18),
  Q4_1(3, 32, 20),
  Q5_0(6, 32, 22),
  Q5_1(7, 32, 24),
  Q8_0(8, 32, 34);

  private static final int BLOCK = 32;
  private static final int HALF = BLOCK / 2;

  private final int code;
  private final int blockLength;
  private final int blockBytes;

  GgmlType(int code, int blockLength, int blockBytes) {
    this.code = code;
    this.blockLength = blockLength;
    this.blockBytes = blockBytes;
  }

  /** Returns the type that a file means by a number, if it is one that is read here. */
  static Optional<GgmlType> of(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /** Returns what ggml calls the type of this number, whether it is read here or not. */
  static String nameOf(int code) {
    return switch (code) {
      case 9 -> "q8_1";
      case 10 -> "q2_k";
      case 11 -> "q3_k";
      case 12 -> "q4_k";
      case 13 -> "q5_k";
      case 14 -> "q6_k";
      case 15 -> "q8_k";
      default -> "number " + code;
    };
  }

  /** Returns how many values are stored together; rows are a multiple of it. */
  int blockLength() {
    return blockLength;
  }

  /** Returns how many bytes this many values take; a multiple of the block. */
  long bytes(long values) {
    return Math.multiplyExact(values / blockLength, (long) blockBytes);
  }

  /** Returns how elements can be read where they lie; empty if they must be computed. */
  Optional<ElementType> plain() {
    return switch (this) {
      case F32 -> Optional.of(ElementType.F32);
      case F16 -> Optional.of(ElementType.F16);
      case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0 -> Optional.empty();
    };
  }

  /**
   * Computes the values of quantised blocks; both buffers hold as many, the first is little-endian.
   */
  void dequantise(ByteBuffer blocks, FloatBuffer target) {
    float[] values = new float[BLOCK];
    while (blocks.hasRemaining()) {
      float scale = Float16.toFloat(blocks.getShort());
      switch (this) {
        case Q8_0 -> {
          for (int i = 0; i < BLOCK; i++) {
            values[i] = scale * blocks.get();
          }
        }
        case Q4_0 -> nibbles(blocks, 0, scale, -8 * scale, values);
        case Q5_0 -> nibbles(blocks, blocks.getInt(), scale, -16 * scale, values);
        case Q4_1 -> {
          float least = Float16.toFloat(blocks.getShort());
          nibbles(blocks, 0, scale, least, values);
        }
        case Q5_1 -> {
          float least = Float16.toFloat(blocks.getShort());
          nibbles(blocks, blocks.getInt(), scale, least, values);
        }
        case F32, F16 -> throw new IllegalStateException(this + " is not quantised");
      }
      target.put(values);
    }
  }

  private static void nibbles(
      ByteBuffer blocks, int fifthBits, float scale, float least, float[] values) {
    for (int i = 0; i < HALF; i++) {
      int pair = blocks.get() & 0xFF;
      int lower = (pair & 0xF) | ((fifthBits >>> i & 1) << 4);
      int upper = (pair >>> 4) | ((fifthBits >>> (i + HALF) & 1) << 4);
      values[i] = scale * lower + least;
      values[i + HALF] = scale * upper + least;
    }
  }
}
