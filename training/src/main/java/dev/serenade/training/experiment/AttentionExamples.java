package dev.serenade.training.experiment;

import dev.serenade.audio.Waveform;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.figure.AttentionTrace;
import dev.serenade.training.store.ClipDecoder;
import dev.serenade.whisper.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The clips whose attention is worth a look: of the test clips of a fold, the surest that is right
 * and the surest that is wrong.
 */
final class AttentionExamples {

  /** Weights that differ by less are the same for every frame, which there is nothing to see in. */
  private static final float UNIFORM = 1e-6f;

  /** Gives what each frame of a clip weighed. */
  @FunctionalInterface
  interface Attention {

    /**
     * Returns the weights of each head, shape (heads, T).
     *
     * @param position of the clip in the list
     * @throws IOException if its recording cannot be read any more
     */
    float[][] of(int position) throws IOException;
  }

  private AttentionExamples() {}

  /**
   * Chooses and traces.
   *
   * @param predictions one for each of the clips, in their order
   */
  static List<AttentionTrace> of(
      List<Prediction> predictions, List<Utterance> clips, Attention attention) {
    List<AttentionTrace> traces = new ArrayList<>();
    for (boolean correct : List.of(true, false)) {
      OptionalInt surest = surest(predictions, correct);
      if (surest.isPresent()) {
        int position = surest.getAsInt();
        try {
          float[][] weights = attention.of(position);
          if (weights[0].length > 1 && !isUniform(weights)) {
            traces.add(trace(predictions.get(position), clips.get(position), weights));
          }
        } catch (IOException e) {
          // A picture is not worth the results; whoever needs the recording will say what is wrong.
        }
      }
    }
    return traces;
  }

  /** Returns the position of the surest of the predictions that are correct, or are not. */
  private static OptionalInt surest(List<Prediction> predictions, boolean correct) {
    return IntStream.range(0, predictions.size())
        .filter(i -> predictions.get(i).correct() == correct)
        .reduce((i, j) -> confidence(predictions, i) >= confidence(predictions, j) ? i : j);
  }

  private static double confidence(List<Prediction> predictions, int position) {
    return predictions.get(position).probabilities().confidence();
  }

  private static boolean isUniform(float[][] weights) {
    for (float[] head : weights) {
      for (float weight : head) {
        if (Math.abs(weight - head[0]) > UNIFORM) {
          return false;
        }
      }
    }
    return true;
  }

  private static AttentionTrace trace(Prediction prediction, Utterance clip, float[][] weights) {
    List<List<Double>> heads = new ArrayList<>();
    for (float[] head : weights) {
      heads.add(IntStream.range(0, head.length).mapToObj(t -> (double) head[t]).toList());
    }
    return new AttentionTrace(
        prediction.clip(),
        prediction.actual(),
        prediction.predicted(),
        (double) Window.SAMPLES_PER_FRAME / Waveform.SAMPLE_RATE_HZ,
        heads,
        loudness(clip, weights[0].length));
  }

  /** Without its recording, a clip whose states are stored is drawn without its loudness. */
  private static List<Double> loudness(Utterance clip, int frames) {
    try {
      Waveform waveform = ClipDecoder.decode(clip);
      return IntStream.range(0, frames).mapToObj(t -> rootMeanSquare(waveform, t)).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static double rootMeanSquare(Waveform waveform, int frame) {
    int from = Math.min(frame * Window.SAMPLES_PER_FRAME, waveform.length());
    int to = Math.min(from + Window.SAMPLES_PER_FRAME, waveform.length());
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += (double) waveform.get(i) * waveform.get(i);
    }
    return from == to ? 0 : Math.sqrt(squares / (to - from));
  }
}
