package dev.serenade.recognition;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.speech.SpeechDetector;
import dev.serenade.whisper.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Recognises a recording as its samples come: gives what {@link EmotionRecognizer#recognize} gives
 * for the whole of it, in memory for two minutes of sound and, for the attention, 0.7 MB an hour.
 * See {@link RecordingPieces} for what is heard together.
 *
 * <p>Used by one thread at a time.
 */
public final class RecognitionStream {

  private final EmotionRecognizer recognizer;
  private final int longest;

  /** What is not yet divided into pieces: always less than two of the longest. */
  private final float[] waiting;

  private int waitingSamples;
  private final SpeechDetector detector = SpeechDetector.create();
  private long heardSamples;
  private final List<HeardPiece> pieces = new ArrayList<>();

  /** A piece without speech, kept for the case that all are, and where it stands. */
  private Optional<Waveform> standIn = Optional.empty();

  private int standInIndex;

  RecognitionStream(EmotionRecognizer recognizer, int longest) {
    this.recognizer = recognizer;
    this.longest = longest;
    this.waiting = new float[2 * longest];
  }

  /** Hears the next samples, any number of them. */
  public void push(Waveform next) {
    float[] added = next.toArray();
    int from = 0;
    while (from < added.length) {
      int some = Math.min(added.length - from, waiting.length - waitingSamples);
      System.arraycopy(added, from, waiting, waitingSamples, some);
      detector.accept(next.slice(from, from + some));
      waitingSamples += some;
      from += some;
      if (waitingSamples == waiting.length) {
        hear(takeWaiting(longest));
      }
    }
  }

  /**
   * Hears that there is no more to come, and returns what was heard.
   *
   * @throws IllegalArgumentException if there was nothing at all
   */
  public Recognition finish() {
    if (pieces.isEmpty() && waitingSamples <= longest) {
      return recognizer.recognizeWhole(takeWaiting(waitingSamples));
    }
    if (waitingSamples > longest) {
      hear(takeWaiting(RecordingPieces.half(waitingSamples)));
    }
    if (waitingSamples > 0) {
      hear(takeWaiting(waitingSamples));
    }
    if (pieces.stream().noneMatch(HeardPiece::counts)) {
      Waveform piece = standIn.orElseThrow();
      pieces.set(
          standInIndex,
          new HeardPiece(piece.length(), Optional.of(recognizer.recognizeWhole(piece))));
    }
    return HeardPiece.join(pieces);
  }

  private Waveform takeWaiting(int count) {
    Waveform taken = Waveform.of(Arrays.copyOf(waiting, count));
    System.arraycopy(waiting, count, waiting, 0, waitingSamples - count);
    waitingSamples -= count;
    return taken;
  }

  private void hear(Waveform piece) {
    boolean spoken =
        RecordingPieces.holdsSpeech(detector, heardSamples, heardSamples + piece.length());
    heardSamples += piece.length();
    if (!spoken && standIn.filter(known -> !EmotionRecognizer.isSilent(known)).isEmpty()) {
      if (standIn.isEmpty() || !EmotionRecognizer.isSilent(piece)) {
        standIn = Optional.of(piece);
        standInIndex = pieces.size();
      }
    }
    pieces.add(
        new HeardPiece(
            piece.length(),
            spoken ? Optional.of(recognizer.recognizeWhole(piece)) : Optional.empty()));
  }

  /** A piece, and what was heard in it if it counts. */
  private record HeardPiece(int samples, Optional<Recognition> heard) {

    boolean counts() {
      return heard.isPresent();
    }

    static Recognition join(List<HeardPiece> pieces) {
      List<Recognition> counted = pieces.stream().flatMap(piece -> piece.heard.stream()).toList();
      double total = counted.stream().mapToDouble(Recognition::durationSeconds).sum();
      int frames = pieces.stream().mapToInt(piece -> Window.framesOf(piece.samples)).sum();
      long samples = pieces.stream().mapToLong(HeardPiece::samples).sum();
      float[] attention = new float[frames];
      float[] embedding = new float[counted.get(0).embedding().length()];
      int frame = 0;
      for (HeardPiece piece : pieces) {
        if (piece.heard.isPresent()) {
          Recognition heard = piece.heard.get();
          float weight = (float) (heard.durationSeconds() / total);
          for (int t = 0; t < heard.attention().length(); t++) {
            attention[frame + t] = weight * heard.attention().get(t);
          }
          for (int i = 0; i < embedding.length; i++) {
            embedding[i] += weight * heard.embedding().get(i);
          }
        }
        frame += Window.framesOf(piece.samples);
      }
      return new Recognition(
          (double) samples / Waveform.SAMPLE_RATE_HZ,
          EmotionScores.weightedMean(
              counted.stream().map(Recognition::scores).toList(),
              counted.stream().map(Recognition::durationSeconds).toList()),
          FloatVector.of(attention),
          FloatVector.of(embedding),
          counted.stream().allMatch(Recognition::abstained) ? Abstention.SILENT : Abstention.NONE);
    }
  }
}
