package dev.serenade.whisper.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;

/**
 * Says in operators of the ONNX standard what ONNX Runtime's fused ones do, of which it knows those
 * that our graphs use.
 *
 * <pre>{@code
 * FusedMatMul             x W^T
 * BiasGelu                gelu(x + b)
 * SkipLayerNormalization  s = x + skip + b, LayerNorm(s), and s
 * MultiHeadAttention      softmax(scale q k^T + bias) v, per head
 * DynamicQuantizeMatMul   scale_x scale_W (quantised x) W
 * }</pre>
 *
 * @see <a href="https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md">The
 *     fused operators</a>
 */
final class StandardOperators {

  /** An optional output that is not computed. */
  private static final GraphValue ABSENT = new GraphValue("");

  private final GraphBuilder graph;
  private final NodeProto fused;

  private StandardOperators(GraphBuilder graph, NodeProto fused) {
    this.graph = graph;
    this.fused = fused;
  }

  /** Adds nodes that do the same, and returns its outputs. */
  static List<GraphValue> inPlaceOf(NodeProto fused, GraphBuilder graph) {
    return new StandardOperators(graph, fused).outputs();
  }

  private List<GraphValue> outputs() {
    return switch (fused.getOpType()) {
      case "FusedMatMul" -> List.of(graph.matMul(input(0), graph.transpose(input(1), 1, 0)));
      case "BiasGelu" -> List.of(graph.node("Gelu").inputs(graph.add(input(0), input(1))).output());
      case "SkipLayerNormalization" -> addAndNorm();
      case "MultiHeadAttention" -> List.of(attention());
      case "DynamicQuantizeMatMul" -> List.of(quantisedProduct());
      default ->
          throw new IllegalStateException(
              "%s is not known in operators of the standard".formatted(fused.getOpType()));
    };
  }

  private List<GraphValue> addAndNorm() {
    GraphValue added = has(4) ? graph.add(input(0), input(4)) : input(0);
    GraphValue sum = graph.add(added, input(1));
    return List.of(graph.layerNorm(sum, input(2), input(3)), ABSENT, ABSENT, sum);
  }

  private GraphValue attention() {
    long heads = attribute("num_heads").getI();
    GraphValue scale =
        graph.node("CastLike").inputs(graph.scalar(attribute("scale").getF()), input(0)).output();
    GraphValue scaled = graph.multiply(input(0), scale);
    GraphValue query = graph.transpose(split(scaled, heads), 0, 2, 1, 3);
    GraphValue keys = graph.transpose(split(input(1), heads), 0, 2, 3, 1);
    GraphValue values = graph.transpose(split(input(2), heads), 0, 2, 1, 3);
    GraphValue scores = graph.matMul(query, keys);
    GraphValue weights = graph.softmax(has(5) ? graph.add(scores, input(5)) : scores, -1);
    return graph.reshape(graph.transpose(graph.matMul(weights, values), 0, 2, 1, 3), 0, 0, -1);
  }

  private AttributeProto attribute(String name) {
    return fused.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private GraphValue split(GraphValue x, long heads) {
    return graph.reshape(x, 0, 0, heads, -1);
  }

  private GraphValue quantisedProduct() {
    List<GraphValue> quantised = graph.node("DynamicQuantizeLinear").inputs(input(0)).outputs(3);
    GraphValue product =
        graph.node("MatMulInteger").inputs(quantised.get(0), input(1), quantised.get(2)).output();
    return graph.multiply(
        graph.cast(product, DataType.FLOAT), graph.multiply(input(2), quantised.get(1)));
  }

  private boolean has(int index) {
    return index < fused.getInputCount() && !fused.getInput(index).isEmpty();
  }

  private GraphValue input(int index) {
    return new GraphValue(fused.getInput(index));
  }
}
