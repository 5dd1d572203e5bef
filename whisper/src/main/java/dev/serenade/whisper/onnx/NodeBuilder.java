package dev.serenade.whisper.onnx;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One node in the making; {@link #output} adds it to the graph. */
public final class NodeBuilder {

  private final GraphBuilder graph;
  private final NodeProto.Builder node;

  NodeBuilder(GraphBuilder graph, String domain, String operator) {
    this.graph = graph;
    this.node = NodeProto.newBuilder().setDomain(domain).setOpType(operator);
  }

  /** Adds inputs, in the operator's order. */
  public NodeBuilder inputs(GraphValue... values) {
    for (GraphValue value : values) {
      node.addInput(value.name());
    }
    return this;
  }

  /** Adds an input that may be left out. */
  public NodeBuilder optionalInput(Optional<GraphValue> value) {
    node.addInput(value.map(GraphValue::name).orElse(""));
    return this;
  }

  /** Sets an attribute that is a graph. */
  NodeBuilder attribute(String name, OnnxMl.GraphProto value) {
    node.addAttribute(attribute(name).setType(AttributeProto.AttributeType.GRAPH).setG(value));
    return this;
  }

  /** Sets an integer attribute. */
  public NodeBuilder attribute(String name, long value) {
    node.addAttribute(attribute(name).setType(AttributeProto.AttributeType.INT).setI(value));
    return this;
  }

  /** Sets an attribute that is a list of integers. */
  public NodeBuilder attribute(String name, long[] values) {
    AttributeProto.Builder list = attribute(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      list.addInts(value);
    }
    node.addAttribute(list);
    return this;
  }

  /** Sets a floating-point attribute. */
  public NodeBuilder attribute(String name, float value) {
    node.addAttribute(attribute(name).setType(AttributeProto.AttributeType.FLOAT).setF(value));
    return this;
  }

  /** Sets a text attribute. */
  public NodeBuilder attribute(String name, String value) {
    node.addAttribute(
        attribute(name)
            .setType(AttributeProto.AttributeType.STRING)
            .setS(com.google.protobuf.ByteString.copyFromUtf8(value)));
    return this;
  }

  private static AttributeProto.Builder attribute(String name) {
    return AttributeProto.newBuilder().setName(name);
  }

  /** Adds the node and returns its only output. */
  public GraphValue output() {
    return outputs(1).get(0);
  }

  /** Adds the node and returns its outputs, in the operator's order. */
  public List<GraphValue> outputs(int count) {
    if (graph.excludes(node.getDomain())) {
      return StandardOperators.inPlaceOf(node.build(), graph);
    }
    List<GraphValue> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = graph.unique(node.getOpType());
      node.addOutput(name);
      outputs.add(new GraphValue(name));
    }
    node.setName(outputs.get(0).name());
    graph.add(node.build());
    return outputs;
  }
}
