package dev.serenade.cli.predict;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.transcription.Transcriber;
import dev.serenade.transcription.Transcript;
import dev.serenade.transcription.TranscriptStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what is said in one track while it is heard: segment by segment of its timeline, if
 * that is written, and otherwise in windows of 30 s. Used by one thread.
 */
final class SpeechWriting {

  private final Transcriber transcriber;
  private final boolean bySegment;
  private final TranscriptStream windows;
  private final RecentSound recent = new RecentSound();
  private final List<Transcript> segments = new ArrayList<>();

  /**
   * Begins a track.
   *
   * @param bySegment whether each segment of a timeline is to be written down
   */
  SpeechWriting(Transcriber transcriber, boolean bySegment) {
    this.transcriber = transcriber;
    this.bySegment = bySegment;
    this.windows = transcriber.stream();
  }

  /** Hears the next samples. */
  void push(Waveform samples) {
    if (bySegment) {
      recent.push(samples);
    } else {
      windows.push(samples);
    }
  }

  /** Returns what is said in each of the next segments of the timeline. */
  List<Transcript> of(List<TimelineSegment> next) {
    List<Waveform> sounds = new ArrayList<>();
    for (TimelineSegment segment : next) {
      sounds.add(recent.take(segment.startSeconds(), segment.endSeconds()));
    }
    List<Transcript> said = transcriber.transcribe(sounds);
    segments.addAll(said);
    return said;
  }

  /** Hears that there is no more to come, and returns what was said in the whole track. */
  Transcript finish() {
    return bySegment ? Transcript.joined(segments) : windows.finish();
  }
}
