package dev.serenade.recognition.text;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.whisper.HiddenStates;
import dev.serenade.whisper.decoder.WindowThreads;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.OnnxGraph;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the emotion of clips by what is said in them, by the decoder and the text head of a model.
 *
 * <p>Each clip is decoded by itself on one thread, as when the head was trained, and as many clips
 * at a time as there are threads: so scores depend neither on batches nor on threads. Safe for use
 * by many threads at once.
 */
public final class TextScorer implements AutoCloseable {

  private static final String STATES = "states";
  private static final String MASK = "mask";
  private static final String PROBABILITIES = "probabilities";

  private final TokenDecoder decoder;
  private final GraphSession head;
  private final List<String> labels;
  private final int longestSamples;

  private final WindowThreads threads;

  private TextScorer(
      TokenDecoder decoder,
      GraphSession head,
      List<String> labels,
      int longestSamples,
      int threads) {
    this.decoder = decoder;
    this.head = head;
    this.labels = labels;
    this.longestSamples = longestSamples;
    this.threads = new WindowThreads(threads);
  }

  /**
   * Loads the decoder and the head.
   *
   * @param labels the emotions, in the order of the head's classes
   * @param remembers whether the decoder remembers what it decoded last
   * @throws IOException if the decoder cannot be loaded
   */
  public static TextScorer of(
      TextPart part, List<String> labels, SessionSettings settings, boolean remembers)
      throws IOException {
    SessionSettings single = settings.withThreads(1);
    TokenDecoder decoder =
        remembers ? part.states().openRemembering(single) : part.states().open(single);
    try {
      return new TextScorer(
          decoder,
          graph(part).open(single),
          labels,
          part.states().longestSamples(),
          settings.threads());
    } catch (RuntimeException e) {
      decoder.close();
      throw e;
    }
  }

  private static OnnxGraph graph(TextPart part) {
    TextDescription text = part.description();
    GraphBuilder graph = new GraphBuilder("text-head");
    String width = Integer.toString(text.head().statesWidth());
    var outputs =
        part.head()
            .append(
                graph,
                graph.input(STATES, DataType.FLOAT, "batch", "tokens", width),
                graph.input(MASK, DataType.FLOAT, "batch", "tokens"));
    graph.output(
        PROBABILITIES,
        graph.softmax(graph.divide(outputs.logits(), graph.scalar((float) text.temperature())), -1),
        DataType.FLOAT,
        "batch",
        "classes");
    return graph.build();
  }

  /** Returns the decoder, for who wants the words; it is closed with this. */
  public TokenDecoder decoder() {
    return decoder;
  }

  /**
   * Returns the calibrated probabilities of the text head; of a clip longer than the decoder hears
   * at once, of its start, as when the head was trained.
   *
   * @return one for each clip, in their order
   * @throws IllegalStateException if the decoder can pick no token; the message says why
   */
  public List<EmotionScores> scores(List<Waveform> clips) {
    return threads.map(clips, this::scores);
  }

  private EmotionScores scores(Waveform clip) {
    HiddenStates states =
        decoder.states(clip.length() > longestSamples ? clip.slice(0, longestSamples) : clip);
    FloatBuffer mask = FloatTensor.allocate(1, states.frames());
    while (mask.hasRemaining()) {
      mask.put(1);
    }
    FloatTensor probabilities =
        head.run(
                Map.of(
                    STATES,
                    FloatTensor.of(states.toArray(), 1, states.frames(), states.width()),
                    MASK,
                    FloatTensor.wrap(mask.rewind(), 1, states.frames())),
                Map.of(),
                head.outputNames())
            .get(PROBABILITIES);
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int label = 0; label < labels.size(); label++) {
      scores.put(labels.get(label), (double) probabilities.get(label));
    }
    return new EmotionScores(scores);
  }

  @Override
  public void close() {
    threads.close();
    decoder.close();
    head.close();
  }
}
