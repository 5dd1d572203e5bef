package dev.serenade.whisper.decoder;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.EncoderGraph;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.TensorFormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A whole Whisper: the encoder to its last layer, as it was trained, on 30 s, and the decoder, one
 * step at a time.
 *
 * <p>Safe for use by many threads at once; what goes from step to step is in values.
 */
public final class WhisperDecoder implements AutoCloseable {

  private final DecoderConfig config;
  private final int longestSamples;
  private final GraphSession hearing;
  private final GraphSession speaking;

  private WhisperDecoder(
      DecoderConfig config, int longestSamples, GraphSession hearing, GraphSession speaking) {
    this.config = config;
    this.longestSamples = longestSamples;
    this.hearing = hearing;
    this.speaking = speaking;
  }

  /**
   * Loads the Whisper of a Hugging Face folder.
   *
   * @throws FileNotFoundException if a file of it is missing; the message says which and where
   * @throws TensorFormatException if a file is damaged, or there are no weights of a decoder
   */
  public static WhisperDecoder load(Path folder, SessionSettings settings) throws IOException {
    try (DecoderWeights decoder = DecoderWeights.open(folder);
        EncoderWeights encoder = EncoderWeights.open(folder)) {
      GraphBuilder step = new GraphBuilder("whisper-decoder");
      new DecoderGraph(step, decoder).appendStep();
      GraphSession hearing = heard(encoder, decoder).build().open(settings);
      try {
        return new WhisperDecoder(
            decoder.config(),
            encoder.config().positions() * Window.SAMPLES_PER_FRAME,
            hearing,
            step.build().open(settings));
      } catch (RuntimeException e) {
        hearing.close();
        throw e;
      }
    }
  }

  /**
   * Returns the shape of the decoder in a Hugging Face folder, whose weights are there.
   *
   * @throws FileNotFoundException if a file of it is missing; the message says which and where
   * @throws TensorFormatException if a file is damaged, or there are no weights of a decoder
   */
  public static DecoderConfig configOf(Path folder) throws IOException {
    try (DecoderWeights decoder = DecoderWeights.open(folder)) {
      return decoder.config();
    }
  }

  private static GraphBuilder heard(EncoderWeights encoder, DecoderWeights decoder)
      throws IOException {
    GraphBuilder graph = new GraphBuilder("whisper-sound");
    GraphValue waveform = graph.input(EncoderGraph.WAVEFORM, DataType.FLOAT, "batch", "samples");
    int last = encoder.config().blocks();
    EncoderGraph.Outputs outputs =
        EncoderGraph.append(
            graph,
            encoder,
            Window.padded(),
            new TreeSet<>(Set.of(last)),
            EncoderVariant.EXACT,
            waveform);
    new DecoderGraph(graph, decoder).appendHeard(outputs.layer(last));
    return graph;
  }

  /** Returns the shape of the decoder. */
  public DecoderConfig config() {
    return config;
  }

  /** Returns the most samples that are heard at once: 30 s. */
  public int longestSamples() {
    return longestSamples;
  }

  /**
   * Encodes a window of sound; silence follows it up to 30 s.
   *
   * @throws IllegalArgumentException if it is empty or longer than 30 s
   */
  public HeardSound hear(Waveform window) {
    if (window.length() == 0 || window.length() > longestSamples) {
      throw new IllegalArgumentException(
          "expected more than 0 s and at most %s s, found %s s"
              .formatted(
                  (double) longestSamples / Waveform.SAMPLE_RATE_HZ, window.durationSeconds()));
    }
    FloatBuffer samples = FloatTensor.allocate(1, window.length());
    window.copyTo(samples);
    GraphOutputs outputs =
        hearing.run(
            Map.of(EncoderGraph.WAVEFORM, FloatTensor.wrap(samples.rewind(), 1, window.length())),
            Map.of(),
            hearing.outputNames());
    Map<String, FloatTensor> tensors = new HashMap<>();
    outputs.tensors().forEach((name, tensor) -> tensors.put(name, outsideTheHeap(tensor)));
    return new HeardSound(tensors);
  }

  private static FloatTensor outsideTheHeap(FloatTensor tensor) {
    FloatBuffer copy = FloatTensor.allocate(tensor.shape());
    copy.put(tensor.values());
    return FloatTensor.wrap(copy.rewind(), tensor.shape());
  }

  /** Returns the cache before the first token. */
  public SpokenTokens noTokens() {
    FloatTensor none = FloatTensor.of(new float[0], 1, config.heads(), 0, config.headWidth());
    Map<String, FloatTensor> tensors = new HashMap<>();
    for (int block = 0; block < config.blocks(); block++) {
      tensors.put(DecoderGraph.pastKeys(block), none);
      tensors.put(DecoderGraph.pastValues(block), none);
    }
    return new SpokenTokens(0, tensors);
  }

  /**
   * Reads tokens that follow those in the cache.
   *
   * @param tokens at least one
   * @throws IllegalArgumentException if there is none, one is not of the vocabulary, or there are
   *     more, all in all, than the decoder has positions
   */
  public DecoderStep step(HeardSound sound, SpokenTokens before, List<Integer> tokens) {
    int count = before.count() + tokens.size();
    if (tokens.isEmpty() || count > config.positions()) {
      throw new IllegalArgumentException(
          "expected at least one new token and at most %d in all, found %d and %d"
              .formatted(config.positions(), tokens.size(), count));
    }
    for (int token : tokens) {
      if (token < 0 || token >= config.vocabulary()) {
        throw new IllegalArgumentException(
            "expected tokens from 0 to %d, found %d".formatted(config.vocabulary() - 1, token));
      }
    }
    Map<String, FloatTensor> floats = new HashMap<>(sound.tensors());
    floats.putAll(before.tensors());
    GraphOutputs outputs =
        speaking.run(
            floats,
            Map.of(DecoderGraph.TOKENS, tokens.stream().mapToLong(token -> token).toArray()),
            speaking.outputNames());
    Map<String, FloatTensor> cache = new HashMap<>();
    for (int block = 0; block < config.blocks(); block++) {
      cache.put(DecoderGraph.pastKeys(block), outputs.get(DecoderGraph.keys(block)));
      cache.put(DecoderGraph.pastValues(block), outputs.get(DecoderGraph.values(block)));
    }
    return new DecoderStep(
        outputs.get(DecoderGraph.LOGITS),
        outputs.get(DecoderGraph.HIDDEN_STATES),
        new SpokenTokens(count, cache));
  }

  @Override
  public void close() {
    hearing.close();
    speaking.close();
  }
}
