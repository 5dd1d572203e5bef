package dev.serenade.recognition.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OrtException;
import dev.serenade.recognition.head.QkvPooling.Query;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Heads in ONNX Runtime against the same equations in PyTorch. */
final class HeadReferenceTest {

  /** Absolute, for values of up to 4: both sides sum 384 products in float32. */
  private static final float PROJECTION_TOLERANCE = 3e-6f;

  /** Absolute, for values of about 1. */
  private static final float TOLERANCE = 1e-6f;

  private SafetensorsFile reference;

  @BeforeEach
  void openReference() throws IOException {
    Path file = Path.of(System.getProperty("serenade.shared", ""), "reference/heads.safetensors");
    assumeThat(Files.exists(file)).as("reference values at %s", file).isTrue();
    reference = SafetensorsFile.open(file);
  }

  @AfterEach
  void closeReference() throws IOException {
    if (reference != null) {
      reference.close();
    }
  }

  @Test
  void projectorAgrees() throws Exception {
    Head head = head(new MeanPooling());
    GraphBuilder graph = new GraphBuilder("projector");
    GraphValue states = graph.input("states", DataType.FLOAT, "batch", "frames", "384");
    GraphOperators operators = new GraphOperators(graph, head::parameter);
    GraphValue projected =
        head.spec().project(operators, new PaddedFrames<>(operators, states), states);
    graph.output("projected", projected, DataType.FLOAT, "batch", "frames", "256");
    try (GraphSession session = graph.build().open(new SessionSettings(1))) {
      GraphOutputs outputs =
          session.run(Map.of("states", reference.read("input")), Map.of(), Set.of("projected"));
      assertClose(outputs.get("projected"), reference.read("projected"), PROJECTION_TOLERANCE);
    }
  }

  @Test
  void meanAgrees() throws Exception {
    assertClose(run(new MeanPooling()).embedding(), reference.read("mean.pooled"), TOLERANCE);
  }

  @Test
  void qkvAgrees() throws Exception {
    HeadOutputs<FloatTensor> outputs =
        run(
            new QkvPooling(
                6, 4, Query.GLOBAL_MEAN, true, false, OutputNorm.NONE, HeadInteraction.NONE));
    assertClose(outputs.embedding(), reference.read("qkv.pooled"), TOLERANCE);
    assertWeightsClose(outputs.attention(), reference.read("qkv.weights"));
  }

  @Test
  void attentiveAgrees() throws Exception {
    HeadOutputs<FloatTensor> outputs =
        run(new AttentivePooling(6, 4, false, false, OutputNorm.NONE));
    assertClose(outputs.embedding(), reference.read("attentive.pooled"), TOLERANCE);
    assertWeightsClose(outputs.attention(), reference.read("attentive.weights"));
  }

  private HeadOutputs<FloatTensor> run(Pooling pooling) throws IOException, OrtException {
    try (HeadRun run = new HeadRun(head(pooling))) {
      return run.run(reference.read("input"), HeadRun.mask(40, 40, 25, 7));
    }
  }

  /** Takes the parameters from the file; the file has no classifier, so that is zero. */
  private Head head(Pooling pooling) throws IOException {
    HeadSpec spec = HeadSpec.of(new SingleLayer(1), 384, pooling, 4);
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      parameters.put(
          parameter.name(),
          parameter.name().startsWith("classifier.")
              ? FloatTensor.of(new float[parameter.size()], parameter.dimensions())
              : reference.read(parameter.name()));
    }
    return Head.of(spec, parameters);
  }

  private static void assertClose(FloatTensor actual, FloatTensor expected, float tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    float greatest = 0;
    for (int i = 0; i < actual.size(); i++) {
      greatest = Math.max(greatest, Math.abs(actual.get(i) - expected.get(i)));
    }
    assertThat(greatest).as("greatest difference").isLessThanOrEqualTo(tolerance);
  }

  /** The file has weights as (batch, frames, heads). */
  private static void assertWeightsClose(FloatTensor actual, FloatTensor expected) {
    int batch = (int) actual.shape()[0];
    int heads = (int) actual.shape()[1];
    int frames = (int) actual.shape()[2];
    float[] turned = new float[expected.size()];
    for (int b = 0; b < batch; b++) {
      for (int head = 0; head < heads; head++) {
        for (int t = 0; t < frames; t++) {
          turned[(b * heads + head) * frames + t] = expected.get((b * frames + t) * heads + head);
        }
      }
    }
    assertClose(actual, FloatTensor.of(turned, batch, heads, frames), TOLERANCE);
  }
}
