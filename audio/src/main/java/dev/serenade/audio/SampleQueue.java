package dev.serenade.audio;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.bytedeco.javacpp.FloatPointer;

/** Samples that wait to be taken, first in, first out. */
final class SampleQueue implements SampleSink {

  private float[] samples = new float[1 << 13];
  private int start;
  private int length;
  private long appended;

  @Override
  public void append(FloatPointer source, int count) {
    if (start + length + count > samples.length) {
      float[] target =
          length + count > samples.length
              ? new float[Math.max(length + count, samples.length + (samples.length >> 1))]
              : samples;
      System.arraycopy(samples, start, target, 0, length);
      samples = target;
      start = 0;
    }
    source.get(samples, start + length, count);
    length += count;
    appended += count;
  }

  /** Returns how many samples wait. */
  int length() {
    return length;
  }

  /** Returns how many samples have ever come. */
  long appended() {
    return appended;
  }

  /** Drops the last samples, so that no more than these have ever come. */
  void cutTo(long total) {
    int surplus = (int) Math.min(length, Math.max(0, appended - total));
    length -= surplus;
    appended -= surplus;
  }

  /**
   * Puts silence in place of what {@linkplain SampleSink#isSample is no sample}.
   *
   * @param from how many samples had come before the first to look at, which must still wait
   * @param found is given each of them, counted from the first that ever came
   */
  void silenceNonSamples(long from, LongConsumer found) {
    int base = start + length;
    for (int i = base - (int) (appended - from); i < base; i++) {
      if (!SampleSink.isSample(samples[i])) {
        samples[i] = 0;
        found.accept(appended - (base - i));
      }
    }
  }

  /** Takes out the first samples, all that wait if that is fewer. */
  Waveform take(int count) {
    int taken = Math.min(count, length);
    Waveform piece = Waveform.owning(Arrays.copyOfRange(samples, start, start + taken));
    start += taken;
    length -= taken;
    return piece;
  }
}
