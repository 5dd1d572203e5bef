package dev.serenade.recognition.explanation;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.RecordingPieces;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.whisper.EncodedClip;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.WhisperEncoder;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model taken apart between encoder and head, so that frames can be taken from what is pooled:
 * the encoder hears the clip once, and whole, and only the head is asked again. Costs next to
 * nothing; but each frame that is left has heard those that are gone.
 *
 * <p>Safe for use by many threads at once.
 */
public final class PooledStates implements AutoCloseable {

  private static final String STATES = "states";
  private static final String MASK = "mask";
  private static final String PROBABILITIES = "probabilities";

  /** Clips that go through the head at once, to bound memory. */
  private static final int LARGEST_BATCH = 8;

  private final WhisperEncoder encoder;
  private final GraphSession head;
  private final ModelDescription model;

  private PooledStates(WhisperEncoder encoder, GraphSession head, ModelDescription model) {
    this.encoder = encoder;
    this.head = head;
    this.model = model;
  }

  /**
   * Takes a model apart; it may be closed afterwards.
   *
   * @throws IllegalArgumentException if it goes by words too, whose states are not pooled over
   *     frames
   */
  public static PooledStates of(EmotionModel model, SessionSettings settings) throws IOException {
    if (model.text().isPresent()) {
      throw new IllegalArgumentException(
          "a model that goes by sound and words cannot be taken apart: frames are left out of the"
              + " sound's pooling alone");
    }
    ModelDescription description = model.description();
    GraphBuilder graph = new GraphBuilder("head");
    String width = Integer.toString(description.head().statesWidth());
    GraphValue logits =
        model
            .head()
            .append(
                graph,
                graph.input(STATES, DataType.FLOAT, "batch", "frames", width),
                graph.input(MASK, DataType.FLOAT, "batch", "frames"))
            .logits();
    GraphValue calibrated = graph.divide(logits, graph.scalar((float) description.temperature()));
    graph.output(PROBABILITIES, graph.softmax(calibrated, -1), DataType.FLOAT, "batch", "classes");
    WhisperEncoder encoder =
        WhisperEncoder.of(
            model.encoder(),
            description.window(),
            new TreeSet<>(description.head().fusion().layers()),
            settings);
    return new PooledStates(encoder, graph.build().open(settings), description);
  }

  /**
   * Returns a clip whose frames can be left out of pooling; without any, it is all silence.
   *
   * @param pieces in which it is heard, see {@link
   *     dev.serenade.recognition.EmotionRecognizer#pieces}
   */
  public Removal leavingOut(List<Waveform> pieces) {
    return removal(pieces, false);
  }

  /**
   * Returns a clip whose frames can be replaced by what the encoder makes of silence at their
   * place, when all it hears is silence.
   *
   * @param pieces as in {@link #leavingOut}
   */
  public Removal replacing(List<Waveform> pieces) {
    return removal(pieces, true);
  }

  private Removal removal(List<Waveform> pieces, boolean replace) {
    List<Removal> removals = new ArrayList<>();
    for (Waveform piece : pieces) {
      float[] states = sideBySide(encoder.encode(piece));
      float[] silence = sideBySide(encoder.encode(Waveform.of(new float[piece.length()])));
      removals.add(new Piece(states, silence, replace));
    }
    return JoinedRemoval.of(removals, RecordingPieces.weights(pieces));
  }

  /** Returns the states of the head's layers, frame by frame, shape (T, N D). */
  private float[] sideBySide(EncodedClip clip) {
    List<HiddenStates> layers = model.head().fusion().layers().stream().map(clip::layer).toList();
    int frames = layers.get(0).frames();
    int width = layers.get(0).width();
    float[] states = new float[frames * model.head().statesWidth()];
    for (int layer = 0; layer < layers.size(); layer++) {
      float[] values = layers.get(layer).toArray();
      for (int t = 0; t < frames; t++) {
        System.arraycopy(values, t * width, states, (t * layers.size() + layer) * width, width);
      }
    }
    return states;
  }

  /** What is pooled of one piece. */
  private final class Piece implements Removal {

    private final float[] states;
    private final float[] silence;
    private final boolean replace;

    Piece(float[] states, float[] silence, boolean replace) {
      this.states = states;
      this.silence = silence;
      this.replace = replace;
    }

    @Override
    public int frames() {
      return states.length / model.head().statesWidth();
    }

    @Override
    public List<EmotionScores> without(List<BitSet> removed) {
      List<EmotionScores> scores = new ArrayList<>();
      for (int from = 0; from < removed.size(); from += LARGEST_BATCH) {
        scores.addAll(batch(removed.subList(from, Math.min(removed.size(), from + LARGEST_BATCH))));
      }
      return scores;
    }

    private List<EmotionScores> batch(List<BitSet> removed) {
      int width = model.head().statesWidth();
      FloatBuffer batch = FloatTensor.allocate(removed.size(), frames(), width);
      FloatBuffer mask = FloatTensor.allocate(removed.size(), frames());
      for (BitSet frames : removed) {
        boolean silent = replace || frames.cardinality() == frames();
        for (int t = 0; t < frames(); t++) {
          boolean gone = frames.get(t);
          batch.put(gone && silent ? silence : states, t * width, width);
          mask.put(gone && !silent ? 0 : 1);
        }
      }
      FloatTensor probabilities =
          head.run(
                  Map.of(
                      STATES,
                      FloatTensor.wrap(batch.rewind(), removed.size(), frames(), width),
                      MASK,
                      FloatTensor.wrap(mask.rewind(), removed.size(), frames())),
                  Map.of(),
                  Set.of(PROBABILITIES))
              .get(PROBABILITIES);
      List<EmotionScores> scores = new ArrayList<>();
      for (int row = 0; row < removed.size(); row++) {
        Map<String, Double> byEmotion = new LinkedHashMap<>();
        for (int label = 0; label < model.labels().size(); label++) {
          byEmotion.put(
              model.labels().get(label),
              (double) probabilities.get(row * model.labels().size() + label));
        }
        scores.add(new EmotionScores(byEmotion));
      }
      return scores;
    }
  }

  @Override
  public void close() {
    encoder.close();
    head.close();
  }
}
