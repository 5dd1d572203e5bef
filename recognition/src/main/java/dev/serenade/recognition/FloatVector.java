package dev.serenade.recognition;

import java.util.Arrays;

/** Immutable numbers in a row: an embedding, or attention over time. */
public final class FloatVector {

  private final float[] values;

  private FloatVector(float[] values) {
    this.values = values;
  }

  /** Returns a vector that holds a copy of these values. */
  public static FloatVector of(float... values) {
    return new FloatVector(values.clone());
  }

  /** Returns how many numbers there are. */
  public int length() {
    return values.length;
  }

  /** Returns the number at this position, counted from 0. */
  public float get(int index) {
    return values[index];
  }

  /** Returns a copy of all numbers. */
  public float[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatVector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FloatVector[%d]".formatted(values.length);
  }
}
