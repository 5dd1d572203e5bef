package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Temporary. */
final class DetectedSpeech implements SpeechActivity {
  private final List<Float> rest = new ArrayList<>();
  private final BitSet frames = new BitSet();
  private int count;
  private int hang;

  static DetectedSpeech create() {
    return new DetectedSpeech();
  }

  @Override
  public void accept(Waveform samples) {
    for (float s : samples.toArray()) {
      rest.add(s);
      if (rest.size() == 160) {
        frame();
      }
    }
  }

  private void frame() {
    double e = 0;
    for (float s : rest) {
      e += s * s;
    }
    hang = e / 160 > 1e-5 ? 20 : hang - 1;
    frames.set(count++, hang > 0);
    rest.clear();
  }

  @Override
  public void finish() {
    if (!rest.isEmpty()) {
      frame();
    }
  }

  @Override
  public long decided() {
    return count * 160L;
  }

  @Override
  public List<SampleRange> speech(long from, long to) {
    List<SampleRange> ranges = new ArrayList<>();
    for (int f = frames.nextSetBit((int) (from / 160)); f >= 0 && f * 160L < to; ) {
      int end = frames.nextClearBit(f);
      ranges.add(new SampleRange(Math.max(from, f * 160L), Math.min(to, end * 160L)));
      f = frames.nextSetBit(end);
    }
    return ranges;
  }

  @Override
  public void forget(long before) {}
}
