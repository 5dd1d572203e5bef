package dev.serenade.audio;

import org.bytedeco.javacpp.FloatPointer;

/** Where samples at 16 kHz go as they come. */
sealed interface SampleSink permits SampleBuffer, SampleQueue {

  /** Beyond all that is sound: full scale is 1, or 2^31 where somebody forgot to scale. */
  float LARGEST = 1e10f;

  /** Tells whether a number is a sample: not NaN, nor so large that its power would overflow. */
  static boolean isSample(float number) {
    return Math.abs(number) <= LARGEST;
  }

  /** Takes the next samples; the pointer is the caller's, and may change after. */
  void append(FloatPointer source, int count);
}
