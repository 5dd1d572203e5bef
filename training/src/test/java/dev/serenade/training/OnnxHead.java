package dev.serenade.training;

import ai.onnxruntime.OrtException;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadOutputs;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Map;
import java.util.Set;

/** A head as users run it, alone in an ONNX graph. */
final class OnnxHead {

  private OnnxHead() {}

  /** Runs a head over some clips, padded to the longest with values that are not zero. */
  static HeadOutputs<float[]> run(Head head, ExampleSet set) throws OrtException {
    Features features = set.features();
    int width = features.width();
    int clips = set.size();
    int longest = set.examples().stream().mapToInt(e -> features.frames(e.clip())).max().orElse(0);
    FloatBuffer states = FloatTensor.allocate(clips, longest, width);
    FloatBuffer mask = FloatTensor.allocate(clips, longest);
    for (int i = 0; i < states.limit(); i++) {
      states.put(i, 7);
    }
    for (int i = 0; i < clips; i++) {
      int clip = set.examples().get(i).clip();
      short[] halves = new short[features.frames(clip) * width];
      features.copyTo(clip, ShortBuffer.wrap(halves));
      for (int j = 0; j < halves.length; j++) {
        states.put(i * longest * width + j, Float16.toFloat(halves[j]));
      }
      for (int t = 0; t < features.frames(clip); t++) {
        mask.put(i * longest + t, 1);
      }
    }
    return run(
        head,
        FloatTensor.wrap(states, clips, longest, width),
        FloatTensor.wrap(mask, clips, longest));
  }

  private static HeadOutputs<float[]> run(Head head, FloatTensor states, FloatTensor mask)
      throws OrtException {
    GraphBuilder graph = new GraphBuilder("head");
    String width = Integer.toString(head.spec().statesWidth());
    HeadOutputs<GraphValue> values =
        head.append(
            graph,
            graph.input("states", DataType.FLOAT, "batch", "frames", width),
            graph.input("mask", DataType.FLOAT, "batch", "frames"));
    graph.output("logits", values.logits(), DataType.FLOAT, "batch", "classes");
    graph.output("attention", values.attention(), DataType.FLOAT, "batch", "heads", "frames");
    graph.output("embedding", values.embedding(), DataType.FLOAT, "batch", "width");
    try (GraphSession session = graph.build().open(new SessionSettings(1))) {
      GraphOutputs outputs =
          session.run(
              Map.of("states", states, "mask", mask),
              Map.of(),
              Set.of("logits", "attention", "embedding"));
      return new HeadOutputs<>(
          outputs.get("logits").toArray(),
          outputs.get("attention").toArray(),
          outputs.get("embedding").toArray());
    }
  }
}
