package dev.serenade.recognition;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.speech.SpeechDetector;
import dev.serenade.whisper.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The pieces in which a long recording is heard.
 *
 * <p>An encoder hears 30 s at a time. A recording of more is heard in pieces of 30 s from its start
 * on, save the last two, which share what is left equally, in whole frames: so none is short, and a
 * piece is known a minute after its start.
 *
 * <p>Its scores are the mean of its pieces', each counted by its length. Pieces in which nobody
 * speaks do not count. Where nobody speaks at all, one piece stands for all: the first that is not
 * digital silence, or else the first.
 */
public final class RecordingPieces {

  /** Less speech than this is none: a detector goes on for 0.3 s after the last of it. */
  private static final double LEAST_SPEECH_SECONDS = 0.5;

  private RecordingPieces() {}

  /**
   * Divides a recording.
   *
   * @param longest samples of the longest piece, whole frames
   * @return itself if it is no longer than that
   */
  static List<Waveform> of(Waveform recording, int longest) {
    List<Waveform> pieces = new ArrayList<>();
    int from = 0;
    while (recording.length() - from >= 2 * longest) {
      pieces.add(recording.slice(from, from + longest));
      from += longest;
    }
    if (recording.length() - from > longest) {
      int half = half(recording.length() - from);
      pieces.add(recording.slice(from, from + half));
      from += half;
    }
    pieces.add(from == 0 ? recording : recording.slice(from, recording.length()));
    return pieces;
  }

  /** Returns how many samples the first of two equal pieces has, in whole frames. */
  static int half(int samples) {
    return (Window.framesOf(samples) + 1) / 2 * Window.SAMPLES_PER_FRAME;
  }

  /** Returns for how many seconds each of a recording's pieces counts in its scores. */
  public static List<Double> weights(List<Waveform> pieces) {
    List<Double> weights = new ArrayList<>();
    if (pieces.size() > 1) {
      SpeechDetector detector = SpeechDetector.create();
      long start = 0;
      for (Waveform piece : pieces) {
        detector.accept(piece);
        boolean spoken = holdsSpeech(detector, start, start + piece.length());
        weights.add(spoken ? piece.durationSeconds() : 0.0);
        start += piece.length();
      }
    }
    if (weights.stream().allMatch(weight -> weight == 0)) {
      weights.clear();
      int standIn = standIn(pieces).orElse(0);
      for (int i = 0; i < pieces.size(); i++) {
        weights.add(i == standIn ? pieces.get(i).durationSeconds() : 0.0);
      }
    }
    return weights;
  }

  private static OptionalInt standIn(List<Waveform> pieces) {
    for (int i = 0; i < pieces.size(); i++) {
      if (!EmotionRecognizer.isSilent(pieces.get(i))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Returns whether somebody speaks in a piece.
   *
   * @param detector has heard the recording to the end of the piece
   */
  static boolean holdsSpeech(SpeechDetector detector, long fromSample, long toSample) {
    return detector.speechSeconds(fromSample, toSample) >= LEAST_SPEECH_SECONDS;
  }
}
