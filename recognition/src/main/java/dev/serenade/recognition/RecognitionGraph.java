package dev.serenade.recognition;

import dev.serenade.recognition.head.HeadOutputs;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.whisper.EncoderGraph;
import dev.serenade.whisper.EncoderVariant;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.OnnxGraph;
import dev.serenade.whisper.onnx.OperatorSet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One ONNX graph from samples to scores: front end, encoder, head and softmax.
 *
 * <p>Inputs: {@code waveform}, shape (batch, samples), and {@code lengths}, shape (batch), how many
 * samples of each row are the clip; what follows them must be silence. Outputs: {@code
 * probabilities}, shape (batch, classes), {@code attention}, shape (batch, heads, frames), and
 * {@code embedding}, shape (batch, projection).
 */
final class RecognitionGraph {

  static final String WAVEFORM = EncoderGraph.WAVEFORM;
  static final String LENGTHS = "lengths";
  static final String PROBABILITIES = "probabilities";
  static final String ATTENTION = "attention";
  static final String EMBEDDING = "embedding";

  private RecognitionGraph() {}

  /** The graph that we run ourselves. */
  static OnnxGraph build(EmotionModel model, EncoderVariant variant) throws IOException {
    GraphBuilder graph = new GraphBuilder("serenade");
    GraphValue waveform = waveform(graph);
    GraphValue lengths = graph.input(LENGTHS, DataType.INT64, "batch");
    append(graph, model, variant, waveform, lengths);
    return graph.build();
  }

  /**
   * The same graph for others: {@code lengths} may be left out, or given for the first rows only;
   * the other rows are wholly the clip.
   */
  static OnnxGraph export(
      EmotionModel model,
      EncoderVariant variant,
      OperatorSet operators,
      Map<String, String> metadata)
      throws IOException {
    GraphBuilder graph = new GraphBuilder("serenade", operators);
    GraphValue waveform = waveform(graph);
    GraphValue given = graph.optionalIntegers(LENGTHS, "clips");
    GraphValue batch = graph.dimension(waveform, 0);
    GraphValue whole = graph.node("Expand").inputs(graph.dimension(waveform, 1), batch).output();
    GraphValue lengths = graph.slice(graph.concat(0, given, whole), graph.integers(0), batch, 0);
    append(graph, model, variant, waveform, lengths);
    metadata.forEach(graph::metadata);
    return graph.build();
  }

  private static GraphValue waveform(GraphBuilder graph) {
    return graph.input(WAVEFORM, DataType.FLOAT, "batch", "samples");
  }

  private static void append(
      GraphBuilder graph,
      EmotionModel model,
      EncoderVariant variant,
      GraphValue waveform,
      GraphValue lengths)
      throws IOException {
    List<Integer> layers = model.description().head().fusion().layers();
    EncoderGraph.Outputs encoder =
        EncoderGraph.append(
            graph,
            model.encoder(),
            model.description().window(),
            new TreeSet<>(layers),
            variant,
            waveform);
    HeadOutputs<GraphValue> head =
        model
            .head()
            .append(
                graph,
                sideBySide(graph, layers.stream().map(encoder::layer).toList()),
                frameMask(graph, lengths, encoder));
    GraphValue calibrated =
        graph.divide(head.logits(), graph.scalar((float) model.description().temperature()));
    graph.output(PROBABILITIES, graph.softmax(calibrated, -1), DataType.FLOAT, "batch", "classes");
    graph.output(ATTENTION, head.attention(), DataType.FLOAT, "batch", "heads", "frames");
    graph.output(EMBEDDING, head.embedding(), DataType.FLOAT, "batch", "embedding");
  }

  private static GraphValue sideBySide(GraphBuilder graph, List<GraphValue> layers) {
    return layers.size() == 1 ? layers.get(0) : graph.concat(-1, layers.toArray(GraphValue[]::new));
  }

  /** 1 for frames that hold some of the clip, 0 for those after it; shape (batch, frames). */
  private static GraphValue frameMask(
      GraphBuilder graph, GraphValue lengths, EncoderGraph.Outputs encoder) {
    int samples = encoder.samplesPerFrame();
    GraphValue roundedUp = graph.add(lengths, graph.integers(samples - 1));
    GraphValue clipFrames = graph.divide(roundedUp, graph.integers(samples));
    GraphValue numbers =
        graph
            .node("Range")
            .inputs(graph.integer(0), graph.squeeze(encoder.frames(), 0), graph.integer(1))
            .output();
    GraphValue inside =
        graph
            .node("Less")
            .inputs(graph.unsqueeze(numbers, 0), graph.unsqueeze(clipFrames, 1))
            .output();
    return graph.cast(inside, DataType.FLOAT);
  }
}
