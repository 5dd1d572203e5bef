package dev.serenade.whisper.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.serenade.whisper.tensor.StoredTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** A finished graph: the message that describes it, and its weights beside it. */
public final class OnnxGraph {

  /** Protocol buffers end at 2 GiB; names and headers of weights need some of it. */
  private static final long LARGEST_FILE = Integer.MAX_VALUE - 1_000_000L;

  private final OnnxMl.ModelProto model;
  private final Map<String, StoredTensor> weights;

  OnnxGraph(OnnxMl.ModelProto model, Map<String, StoredTensor> weights) {
    this.model = model;
    this.weights = Map.copyOf(weights);
  }

  /**
   * Opens the graph in ONNX Runtime. The weights are handed over as they lie in memory.
   *
   * @throws GraphException if ONNX Runtime refuses the graph
   */
  public GraphSession open(SessionSettings settings) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OnnxMl.ModelProto.Builder declared = model.toBuilder();
    Map<String, OnnxTensorLike> tensors = new HashMap<>();
    try (OrtSession.SessionOptions options = settings.toOptions()) {
      for (var weight : weights.entrySet()) {
        declared
            .getGraphBuilder()
            .addInitializer(
                Declarations.tensor(weight.getKey(), weight.getValue())
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("memory")));
        tensors.put(weight.getKey(), tensor(environment, weight.getValue()));
      }
      options.addExternalInitializers(tensors);
      return new GraphSession(
          environment, environment.createSession(declared.build().toByteArray(), options), weights);
    } catch (OrtException e) {
      throw new GraphException("ONNX Runtime refused the graph", e);
    } finally {
      for (OnnxTensorLike tensor : tensors.values()) {
        tensor.close();
      }
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, StoredTensor weight)
      throws OrtException {
    return OnnxTensor.createTensor(
        environment, weight.bytes(), weight.dimensions(), Declarations.type(weight).javaType());
  }

  /**
   * Writes the graph, weights included, as an ONNX file to a stream, which stays open.
   *
   * @throws IOException if the stream fails, or the graph is larger than the format allows
   */
  public void write(OutputStream target) throws IOException {
    long bytes = model.getSerializedSize();
    for (StoredTensor weight : weights.values()) {
      bytes += weight.bytes().remaining();
    }
    if (bytes > LARGEST_FILE) {
      throw new IOException(
          "expected at most %d MB, as much as an ONNX file can hold, found %d MB"
              .formatted(LARGEST_FILE / 1_000_000, bytes / 1_000_000));
    }
    OnnxMl.ModelProto.Builder whole = model.toBuilder();
    weights.forEach(
        (name, tensor) ->
            whole.getGraphBuilder().addInitializer(Declarations.withValues(name, tensor)));
    whole.build().writeTo(target);
  }
}
