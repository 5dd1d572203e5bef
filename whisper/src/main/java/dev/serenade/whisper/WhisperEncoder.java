package dev.serenade.whisper;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Whisper encoder that turns clips of up to 30 s into hidden states.
 *
 * <p>Safe for use by many threads at once. A clip's states do not depend on what else is in its
 * batch.
 */
public final class WhisperEncoder implements AutoCloseable {

  private static final String LOG_MEL = "log_mel";

  /** More clips at once gain nothing on a processor, and take memory. */
  private static final int LARGEST_BATCH = 8;

  private final GraphSession session;
  private final WhisperConfig config;
  private final Window window;
  private final SortedSet<Integer> layers;
  private final EncoderVariant variant;

  private WhisperEncoder(
      GraphSession session,
      WhisperConfig config,
      Window window,
      SortedSet<Integer> layers,
      EncoderVariant variant) {
    this.session = session;
    this.config = config;
    this.window = window;
    this.layers = layers;
    this.variant = variant;
  }

  /**
   * Loads the encoder of a Hugging Face Whisper folder, up to the last layer wanted.
   *
   * @param layers whose states are wanted, from 0 (what goes into the first block) to L
   * @throws IOException if the folder is incomplete or damaged
   */
  public static WhisperEncoder load(
      Path folder, Window window, SortedSet<Integer> layers, SessionSettings settings)
      throws IOException {
    try (EncoderWeights weights = EncoderWeights.open(folder)) {
      return of(weights, window, layers, settings);
    }
  }

  /** Builds an encoder from these weights, which may be closed afterwards. */
  public static WhisperEncoder of(
      EncoderWeights weights, Window window, SortedSet<Integer> layers, SessionSettings settings)
      throws IOException {
    return of(weights, window, layers, EncoderVariant.EXACT, settings);
  }

  /** Builds a variant of an encoder from these weights, which may be closed afterwards. */
  public static WhisperEncoder of(
      EncoderWeights weights,
      Window window,
      SortedSet<Integer> layers,
      EncoderVariant variant,
      SessionSettings settings)
      throws IOException {
    GraphBuilder graph = new GraphBuilder("whisper-encoder");
    EncoderGraph.Outputs outputs =
        EncoderGraph.append(
            graph,
            weights,
            window,
            layers,
            variant,
            graph.input(EncoderGraph.WAVEFORM, DataType.FLOAT, "batch", "samples"));
    graph.output(LOG_MEL, outputs.logMel(), DataType.FLOAT, "batch", "mel_bands", "mel_frames");
    outputs
        .hiddenStates()
        .forEach(
            (layer, states) ->
                graph.output(
                    outputName(layer), states, DataType.FLOAT, "batch", "frames", "width"));
    return new WhisperEncoder(
        graph.build().open(settings), weights.config(), window, new TreeSet<>(layers), variant);
  }

  private static String outputName(int layer) {
    return "hidden_states." + layer;
  }

  /** Returns the shape of the encoder. */
  public WhisperConfig config() {
    return config;
  }

  /** Returns how much silence is heard around a clip. */
  public Window window() {
    return window;
  }

  /**
   * Encodes one clip.
   *
   * @throws IllegalArgumentException if it is empty or longer than 30 s
   */
  public EncodedClip encode(Waveform clip) {
    return encode(List.of(clip)).get(0);
  }

  /**
   * Encodes clips, those of equal length together.
   *
   * @return one for each clip, in their order
   * @throws IllegalArgumentException if one is empty or longer than 30 s
   */
  public List<EncodedClip> encode(List<Waveform> clips) {
    EncodedClip[] encoded = new EncodedClip[clips.size()];
    int largest = variant.largestBatch(LARGEST_BATCH);
    for (WaveformBatch batch : WaveformBatch.of(clips, window, config.positions(), largest)) {
      GraphOutputs outputs =
          session.run(
              Map.of(EncoderGraph.WAVEFORM, batch.samples()), Map.of(), session.outputNames());
      for (int row = 0; row < batch.indices().size(); row++) {
        encoded[batch.indices().get(row)] = clip(outputs, row, batch.lengths().get(row));
      }
    }
    return List.of(encoded);
  }

  private EncodedClip clip(GraphOutputs outputs, int row, int samples) {
    int factor = variant.merging().factorAt(layers.last());
    int frames = (Window.framesOf(samples) + factor - 1) / factor;
    SortedMap<Integer, HiddenStates> states =
        layers.stream()
            .collect(
                Collectors.toMap(
                    layer -> layer,
                    layer -> HiddenStates.of(outputs.get(outputName(layer)), row, frames),
                    (a, b) -> a,
                    TreeMap::new));
    return new EncodedClip(LogMelSpectrogram.of(outputs.get(LOG_MEL), row), states);
  }

  @Override
  public void close() {
    session.close();
  }
}
