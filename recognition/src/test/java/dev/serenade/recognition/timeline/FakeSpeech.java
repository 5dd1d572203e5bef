package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import java.util.ArrayList;
import java.util.List;

/** Speech where a sample is not 0, known at once. Remembers everything. */
final class FakeSpeech implements SpeechActivity {

  private final List<SampleRange> found = new ArrayList<>();
  private long heard;
  private long forgotten;

  @Override
  public void accept(Waveform samples) {
    for (int i = 0; i < samples.length(); i++) {
      if (samples.get(i) != 0) {
        int last = found.size() - 1;
        if (last >= 0 && found.get(last).end() == heard + i) {
          found.set(last, new SampleRange(found.get(last).start(), heard + i + 1));
        } else {
          found.add(new SampleRange(heard + i, heard + i + 1));
        }
      }
    }
    heard += samples.length();
  }

  @Override
  public void finish() {}

  @Override
  public long decided() {
    return heard;
  }

  @Override
  public List<SampleRange> speech(long from, long to) {
    if (from < forgotten || to > heard) {
      throw new IllegalArgumentException(
          "expected %d to %d, found %d to %d".formatted(forgotten, heard, from, to));
    }
    return found.stream()
        .filter(range -> range.end() > from && range.start() < to)
        .map(range -> new SampleRange(Math.max(from, range.start()), Math.min(to, range.end())))
        .toList();
  }

  @Override
  public void forget(long before) {
    forgotten = before;
  }
}
