package dev.serenade.recognition.text;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.TextDescription;
import dev.serenade.recognition.model.TextPart;
import dev.serenade.whisper.HiddenStates;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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

  /** Empty where the caller's thread does all. */
  private final Optional<ExecutorService> threads;

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
    this.threads =
        threads == 1
            ? Optional.empty()
            : Optional.of(Executors.newFixedThreadPool(threads, TextScorer::daemon));
  }

  /**
   * Loads the decoder of a model that goes by words too; the model may be closed afterwards.
   *
   * @throws IllegalArgumentException if the model goes by the sound alone
   * @throws IOException if the decoder cannot be loaded
   */
  public static TextScorer of(EmotionModel model, SessionSettings settings) throws IOException {
    TextPart part =
        model
            .text()
            .orElseThrow(() -> new IllegalArgumentException("the model goes by the sound alone"));
    ModelDescription description = model.description();
    TextDescription text = description.text().orElseThrow();
    SessionSettings single = settings.withThreads(1);
    TokenDecoder decoder = part.states().open(single);
    try {
      return new TextScorer(
          decoder,
          graph(part, text).open(single),
          description.labels(),
          part.states().longestSamples(),
          settings.threads());
    } catch (RuntimeException e) {
      decoder.close();
      throw e;
    }
  }

  private static OnnxGraph graph(TextPart part, TextDescription text) {
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

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "decode-text");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Returns the calibrated probabilities of the text head; of a clip longer than the decoder hears
   * at once, of its start, as when the head was trained.
   *
   * @return one for each clip, in their order
   * @throws IllegalStateException if the decoder can pick no token; the message says why
   */
  public List<EmotionScores> scores(List<Waveform> clips) {
    if (threads.isEmpty() || clips.size() == 1) {
      return clips.stream().map(this::scores).toList();
    }
    List<CompletableFuture<EmotionScores>> running =
        clips.stream()
            .map(clip -> CompletableFuture.supplyAsync(() -> scores(clip), threads.get()))
            .toList();
    return running.stream().map(TextScorer::result).toList();
  }

  private static EmotionScores result(CompletableFuture<EmotionScores> running) {
    try {
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
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
    threads.ifPresent(ExecutorService::shutdownNow);
    decoder.close();
    head.close();
  }
}
