package dev.serenade.recognition.explanation;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.RecordingPieces;
import dev.serenade.whisper.Window;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Speech whose frames are replaced by silence before anything hears them: their samples are zero,
 * and the whole model is asked again.
 *
 * <p>Zeros, and not the noise between the words: the log-Mel spectrogram of zeros is the lowest
 * value that Whisper's clamp leaves, 8 below the clip's own maximum. That is what follows every
 * clip up to 30 s, in training as here, whether it is padded or remembered. So this silence is
 * nothing the encoder has not heard before; that it begins within a word may be. Where the loudest
 * frame of all is taken away, the maximum falls, and the floor everywhere with it. A piece of a
 * long clip counts as before, even if all speech in it is silenced.
 */
public final class SilencedSpeech implements Removal {

  /** So many are computed before the next are made, to bound memory. */
  private static final int AT_ONCE = 16;

  private final EmotionRecognizer recognizer;
  private final Waveform piece;

  private SilencedSpeech(EmotionRecognizer recognizer, Waveform piece) {
    this.recognizer = recognizer;
    this.piece = piece;
  }

  /**
   * Returns a clip to take frames from.
   *
   * @param clip of any length above 0
   */
  public static Removal of(EmotionRecognizer recognizer, Waveform clip) {
    List<Waveform> pieces = recognizer.pieces(clip);
    return JoinedRemoval.of(
        pieces.stream().map(piece -> (Removal) new SilencedSpeech(recognizer, piece)).toList(),
        RecordingPieces.weights(pieces));
  }

  @Override
  public int frames() {
    return Window.framesOf(piece.length());
  }

  @Override
  public List<EmotionScores> without(List<BitSet> removed) {
    List<EmotionScores> scores = new ArrayList<>();
    for (int from = 0; from < removed.size(); from += AT_ONCE) {
      List<BitSet> some = removed.subList(from, Math.min(removed.size(), from + AT_ONCE));
      recognizer
          .recognize(some.stream().map(this::silenced).toList())
          .forEach(heard -> scores.add(heard.scores()));
    }
    return scores;
  }

  private Waveform silenced(BitSet frames) {
    float[] samples = piece.toArray();
    for (int i = 0; i < samples.length; i++) {
      if (frames.get(i / Window.SAMPLES_PER_FRAME)) {
        samples[i] = 0;
      }
    }
    return Waveform.of(samples);
  }
}
