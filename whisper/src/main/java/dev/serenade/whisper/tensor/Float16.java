package dev.serenade.whisper.tensor;

/**
 * IEEE 754 binary16 to and from binary32. (The JDK has this from 20 on.)
 *
 * <p>Widening goes through a table of all 65,536 values: weights are converted by the million while
 * a user waits for the first result.
 */
public final class Float16 {

  private static final float[] VALUES = new float[1 << 16];

  static {
    for (int bits = 0; bits < VALUES.length; bits++) {
      VALUES[bits] = widen(bits);
    }
  }

  private Float16() {}

  /** Returns the value of these binary16 bits; exact. */
  public static float toFloat(short bits) {
    return VALUES[bits & 0xFFFF];
  }

  /** Returns the nearest binary16, ties to even; beyond 65,504 it is infinite. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    if (magnitude >= 65520f) {
      return (short) (sign | 0x7C00);
    }
    int exponent = Math.max(Math.getExponent(magnitude), -14);
    float unit = Math.scalb(1f, exponent - 10);
    int steps = (int) Math.rint(magnitude / unit);
    int encoded = exponent == -14 ? steps : ((exponent + 14) << 10) + steps;
    return (short) (sign | encoded);
  }

  private static float widen(int bits) {
    int exponent = (bits >>> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude;
    if (exponent == 0x1F) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb(fraction, -24);
    } else {
      magnitude = Math.scalb(0x400 | fraction, exponent - 25);
    }
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }
}
