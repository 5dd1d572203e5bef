package dev.serenade.audio;

import org.bytedeco.javacpp.FloatPointer;

/** Where samples at 16 kHz go as they come. */
sealed interface SampleSink permits SampleBuffer, SampleQueue {

  /** Takes the next samples; the pointer is the caller's, and may change after. */
  void append(FloatPointer source, int count);
}
