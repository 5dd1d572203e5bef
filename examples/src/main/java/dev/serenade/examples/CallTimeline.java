package dev.serenade.examples;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioReader;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.timeline.EmotionStream;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How emotion goes on in a recording of any length, in memory that does not grow with it. */
public final class CallTimeline {

  private static final int TEN_SECONDS = 10 * Waveform.SAMPLE_RATE_HZ;

  private CallTimeline() {}

  /** Prints the segments of the recording that the first argument names, as they become known. */
  public static void main(String[] arguments) throws IOException {
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault();
        AudioReader call = AudioDecoder.create().open(Path.of(arguments[0]))) {
      EmotionStream stream = EmotionStream.of(recognizer, Timeline.DEFAULT);
      Optional<Waveform> next = call.read(TEN_SECONDS);
      while (next.isPresent()) {
        print(stream.push(next.get()).segments());
        next = call.read(TEN_SECONDS);
      }
      print(stream.finish().segments());
    }
  }

  private static void print(List<TimelineSegment> segments) {
    for (TimelineSegment segment : segments) {
      System.out.printf(
          "%.1f s to %.1f s: %s %.2f%n",
          segment.startSeconds(), segment.endSeconds(), segment.emotion(), segment.confidence());
    }
  }
}
