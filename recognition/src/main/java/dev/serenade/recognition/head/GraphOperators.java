package dev.serenade.recognition.head;

import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Arrays;
import java.util.function.Function;

/** Adds the operations of a head to an ONNX graph, with the head's learned parameters. */
final class GraphOperators implements TensorOperators<GraphValue> {

  /** Added to the scores of frames outside the clip: exp of it is 0 in float32. */
  private static final float EXCLUDED = -1e9f;

  private final GraphBuilder graph;
  private final Function<String, FloatTensor> parameters;

  GraphOperators(GraphBuilder graph, Function<String, FloatTensor> parameters) {
    this.graph = graph;
    this.parameters = parameters;
  }

  @Override
  public GraphValue linear(String layer, GraphValue x) {
    return graph.linear(name(layer), x, weight(layer), bias(layer));
  }

  @Override
  public GraphValue layerNorm(String layer, GraphValue x) {
    return graph.layerNorm(name(layer), x, weight(layer), bias(layer));
  }

  @Override
  public GraphValue normalise(GraphValue x, int width) {
    float[] ones = new float[width];
    Arrays.fill(ones, 1);
    return graph.layerNorm(
        name("normalise"), x, FloatTensor.of(ones, width), FloatTensor.of(new float[width], width));
  }

  @Override
  public GraphValue parameter(String name) {
    return graph.weight(name(name), parameters.apply(name));
  }

  @Override
  public GraphValue headRows(String parameter) {
    FloatTensor rows = parameters.apply(parameter);
    long[] shape = rows.shape();
    return graph.weight(name(parameter), FloatTensor.of(rows.toArray(), shape[0], 1, shape[1]));
  }

  @Override
  public GraphValue dropout(GraphValue x) {
    return x;
  }

  @Override
  public GraphValue add(GraphValue a, GraphValue b) {
    return graph.add(a, b);
  }

  @Override
  public GraphValue subtract(GraphValue a, GraphValue b) {
    return graph.subtract(a, b);
  }

  @Override
  public GraphValue multiply(GraphValue a, GraphValue b) {
    return graph.multiply(a, b);
  }

  @Override
  public GraphValue divide(GraphValue a, GraphValue b) {
    return graph.divide(a, b);
  }

  @Override
  public GraphValue scale(GraphValue x, double factor) {
    return graph.multiply(x, graph.scalar((float) factor));
  }

  @Override
  public GraphValue tanh(GraphValue x) {
    return graph.node("Tanh").inputs(x).output();
  }

  @Override
  public GraphValue leakyRelu(GraphValue x) {
    return graph.node("LeakyRelu").inputs(x).attribute("alpha", 0.01f).output();
  }

  @Override
  public GraphValue relu(GraphValue x) {
    return graph.node("Relu").inputs(x).output();
  }

  @Override
  public GraphValue squareRoot(GraphValue x, double epsilon) {
    return graph.node("Sqrt").inputs(graph.add(x, graph.scalar((float) epsilon))).output();
  }

  @Override
  public GraphValue softmax(GraphValue x) {
    return graph.softmax(x, -1);
  }

  @Override
  public GraphValue concat(GraphValue a, GraphValue b) {
    return graph.concat(-1, a, b);
  }

  @Override
  public GraphValue matMul(GraphValue a, GraphValue b) {
    return graph.matMul(a, b);
  }

  @Override
  public GraphValue transpose(GraphValue x) {
    return graph.transpose(x, 0, 1, 3, 2);
  }

  @Override
  public GraphValue splitLast(GraphValue x, int parts) {
    return graph.reshape(x, 0, 0, parts, -1);
  }

  @Override
  public GraphValue joinLast(GraphValue x) {
    return graph.reshape(x, 0, 0, -1);
  }

  @Override
  public GraphValue meanLast(GraphValue x) {
    return graph.node("ReduceMean").inputs(x, graph.integers(-1)).attribute("keepdims", 1).output();
  }

  @Override
  public GraphValue splitHeads(GraphValue x, int heads) {
    return graph.transpose(graph.reshape(x, 0, 0, heads, -1), 0, 2, 1, 3);
  }

  @Override
  public GraphValue joinHeads(GraphValue x) {
    return graph.reshape(graph.transpose(x, 0, 2, 1, 3), 0, 0, -1);
  }

  @Override
  public GraphValue mixHeads(GraphValue matrix, GraphValue x) {
    GraphValue mixed = graph.matMul(matrix, graph.reshape(x, 0, 0, -1));
    GraphValue shape = graph.node("Shape").inputs(x).output();
    return graph.node("Reshape").inputs(mixed, shape).output();
  }

  @Override
  public GraphValue squeeze(GraphValue x, int axis) {
    return graph.squeeze(x, axis);
  }

  @Override
  public GraphValue unsqueeze(GraphValue x, int axis) {
    return graph.unsqueeze(x, axis);
  }

  @Override
  public GraphValue meanWeights(GraphValue frameMask) {
    GraphValue frames = graph.reduceSum(frameMask, 1);
    GraphValue divisor = graph.node("Max").inputs(frames, graph.scalar(1)).output();
    return graph.unsqueeze(graph.divide(frameMask, divisor), 1);
  }

  @Override
  public GraphValue attentionWeights(GraphValue scores, GraphValue frameMask) {
    GraphValue outside = graph.subtract(graph.scalar(1), frameMask);
    GraphValue penalty = graph.multiply(outside, graph.scalar(EXCLUDED));
    return graph.softmax(graph.add(scores, graph.unsqueeze(penalty, 1, 2)), -1);
  }

  private FloatTensor weight(String layer) {
    return parameters.apply(ParameterSpec.weight(layer));
  }

  private FloatTensor bias(String layer) {
    return parameters.apply(ParameterSpec.bias(layer));
  }

  private static String name(String parameter) {
    return "head." + parameter;
  }
}
