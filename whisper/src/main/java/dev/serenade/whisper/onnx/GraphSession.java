package dev.serenade.whisper.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.StoredTensor;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A graph that is ready to run. Safe for use by many threads at once; not while it is being closed.
 */
public final class GraphSession implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;

  /** ONNX Runtime reads the weights in place, so they must live as long as the session. */
  private final Map<String, StoredTensor> weights;

  GraphSession(OrtEnvironment environment, OrtSession session, Map<String, StoredTensor> weights) {
    this.environment = environment;
    this.session = session;
    this.weights = weights;
  }

  /**
   * Runs the graph.
   *
   * @param floats inputs of 32-bit floats by name
   * @param integers inputs of one dimension of 64-bit integers by name
   * @param wanted names of the outputs to return; all are of 32-bit floats
   * @throws GraphException if an input is missing or has the wrong shape
   */
  public GraphOutputs run(
      Map<String, FloatTensor> floats, Map<String, long[]> integers, Set<String> wanted) {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (var input : floats.entrySet()) {
        inputs.put(
            input.getKey(),
            OnnxTensor.createTensor(
                environment, input.getValue().values(), input.getValue().shape()));
      }
      for (var input : integers.entrySet()) {
        inputs.put(
            input.getKey(),
            OnnxTensor.createTensor(
                environment,
                LongBuffer.wrap(input.getValue()),
                new long[] {input.getValue().length}));
      }
      try (OrtSession.Result result = session.run(inputs, wanted)) {
        Map<String, FloatTensor> outputs = new LinkedHashMap<>();
        for (String name : wanted) {
          OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
          long[] shape = tensor.getInfo().getShape();
          // On the heap, where what is dropped is collected soon.
          FloatBuffer copy = FloatBuffer.allocate((int) tensor.getInfo().getNumElements());
          copy.put(tensor.getFloatBuffer()).rewind();
          outputs.put(name, FloatTensor.wrap(copy, shape));
        }
        return new GraphOutputs(outputs);
      }
    } catch (OrtException e) {
      throw new GraphException("the graph failed", e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
      Reference.reachabilityFence(weights);
    }
  }

  /** Returns the names of the outputs. */
  public Set<String> outputNames() {
    return session.getOutputNames();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new GraphException("the session could not be closed", e);
    }
  }
}
