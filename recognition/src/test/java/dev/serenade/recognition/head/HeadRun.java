package dev.serenade.recognition.head;

import ai.onnxruntime.OrtException;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Map;
import java.util.Set;

/** A head alone in a graph. */
final class HeadRun implements AutoCloseable {

  private final GraphSession session;

  HeadRun(Head head) throws OrtException {
    GraphBuilder graph = new GraphBuilder("head");
    String width = Integer.toString(head.spec().statesWidth());
    GraphValue states = graph.input("states", DataType.FLOAT, "batch", "frames", width);
    GraphValue mask = graph.input("mask", DataType.FLOAT, "batch", "frames");
    HeadOutputs<GraphValue> outputs = head.append(graph, states, mask);
    graph.output("logits", outputs.logits(), DataType.FLOAT, "batch", "classes");
    graph.output("attention", outputs.attention(), DataType.FLOAT, "batch", "heads", "frames");
    graph.output("embedding", outputs.embedding(), DataType.FLOAT, "batch", "width");
    session = graph.build().open(new SessionSettings(1));
  }

  HeadOutputs<FloatTensor> run(FloatTensor states, FloatTensor mask) throws OrtException {
    GraphOutputs outputs =
        session.run(
            Map.of("states", states, "mask", mask),
            Map.of(),
            Set.of("logits", "attention", "embedding"));
    return new HeadOutputs<>(
        outputs.get("logits"), outputs.get("attention"), outputs.get("embedding"));
  }

  /** Returns the mask of clips of these lengths. */
  static FloatTensor mask(int frames, int... lengths) {
    var values = FloatTensor.allocate(lengths.length, frames);
    for (int clip = 0; clip < lengths.length; clip++) {
      for (int t = 0; t < lengths[clip]; t++) {
        values.put(clip * frames + t, 1);
      }
    }
    return FloatTensor.wrap(values, lengths.length, frames);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
