package dev.serenade.whisper.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** A finished graph: the message that describes it, and its weights beside it. */
public final class OnnxGraph {

  private final OnnxMl.ModelProto model;
  private final Map<String, FloatTensor> weights;

  OnnxGraph(OnnxMl.ModelProto model, Map<String, FloatTensor> weights) {
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
        TensorProto.Builder declaration =
            TensorProto.newBuilder()
                .setName(weight.getKey())
                .setDataType(DataType.FLOAT.onnxCode())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                    StringStringEntryProto.newBuilder().setKey("location").setValue("memory"));
        for (long dimension : weight.getValue().shape()) {
          declaration.addDims(dimension);
        }
        declared.getGraphBuilder().addInitializer(declaration);
        tensors.put(
            weight.getKey(),
            OnnxTensor.createTensor(
                environment, weight.getValue().values(), weight.getValue().shape()));
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

  /** Writes the graph, weights included, as an ONNX file to a stream, which stays open. */
  public void write(OutputStream target) throws IOException {
    OnnxMl.ModelProto.Builder whole = model.toBuilder();
    weights.forEach(
        (name, tensor) ->
            whole.getGraphBuilder().addInitializer(GraphBuilder.tensorProto(name, tensor)));
    whole.build().writeTo(target);
  }
}
