package dev.serenade.recognition.timeline;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.speech.SpeechDetector;
import dev.serenade.audio.speech.SpeechSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Speech as a {@link SpeechDetector} finds it. What is left of a frame at the end of the sound is
 * as the frame before it.
 */
final class DetectedSpeech implements SpeechActivity {

  private final SpeechDetector detector;

  /** In order, apart, none before what was forgotten. */
  private final List<SampleRange> found = new ArrayList<>();

  private long heard;
  private long decided;

  private DetectedSpeech(SpeechDetector detector) {
    this.detector = detector;
  }

  static DetectedSpeech create() {
    return new DetectedSpeech(SpeechDetector.create());
  }

  @Override
  public void accept(Waveform samples) {
    detector.accept(samples);
    heard += samples.length();
    for (SpeechSpan span : detector.spans(decided, detector.decidedSamples())) {
      add(new SampleRange(span.startSample(), span.endSample()));
    }
    decided = detector.decidedSamples();
  }

  private void add(SampleRange range) {
    int last = found.size() - 1;
    if (last >= 0 && found.get(last).end() == range.start()) {
      found.set(last, new SampleRange(found.get(last).start(), range.end()));
    } else {
      found.add(range);
    }
  }

  @Override
  public void finish() {
    int last = found.size() - 1;
    if (heard > decided && last >= 0 && found.get(last).end() == decided) {
      add(new SampleRange(decided, heard));
    }
    decided = heard;
  }

  @Override
  public long decided() {
    return decided;
  }

  @Override
  public List<SampleRange> speech(long from, long to) {
    return found.stream()
        .filter(range -> range.end() > from && range.start() < to)
        .map(range -> new SampleRange(Math.max(from, range.start()), Math.min(to, range.end())))
        .toList();
  }

  @Override
  public void forget(long before) {
    found.removeIf(range -> range.end() <= before);
  }
}
