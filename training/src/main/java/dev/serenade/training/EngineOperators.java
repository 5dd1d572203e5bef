package dev.serenade.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.TensorOperators;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Runs the operations of a head in the training engine. Parameters and inputs belong to one
 * manager, which then owns every result.
 */
final class EngineOperators implements TensorOperators<NDArray> {

  /** Added to the scores of frames outside the clip: exp of it is 0 in float32. */
  private static final float EXCLUDED = -1e9f;

  private static final float LAYER_NORM_EPSILON = 1e-5f;

  private final Map<String, NDArray> parameters;
  private final UnaryOperator<NDArray> dropout;

  EngineOperators(Map<String, NDArray> parameters, UnaryOperator<NDArray> dropout) {
    this.parameters = parameters;
    this.dropout = dropout;
  }

  @Override
  public NDArray linear(String layer, NDArray x) {
    return Linear.linear(x, weight(layer), bias(layer)).singletonOrThrow();
  }

  @Override
  public NDArray layerNorm(String layer, NDArray x) {
    Shape width = weight(layer).getShape();
    return LayerNorm.layerNorm(x, width, weight(layer), bias(layer), LAYER_NORM_EPSILON)
        .singletonOrThrow();
  }

  @Override
  public NDArray normalise(NDArray x, int width) {
    NDManager manager = x.getManager();
    Shape last = new Shape(width);
    return LayerNorm.layerNorm(x, last, manager.ones(last), manager.zeros(last), LAYER_NORM_EPSILON)
        .singletonOrThrow();
  }

  @Override
  public NDArray parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  @Override
  public NDArray headRows(String parameter) {
    return parameter(parameter).expandDims(1);
  }

  @Override
  public NDArray dropout(NDArray x) {
    return dropout.apply(x);
  }

  @Override
  public NDArray add(NDArray a, NDArray b) {
    return a.add(b);
  }

  @Override
  public NDArray subtract(NDArray a, NDArray b) {
    return a.sub(b);
  }

  @Override
  public NDArray multiply(NDArray a, NDArray b) {
    return a.mul(b);
  }

  @Override
  public NDArray divide(NDArray a, NDArray b) {
    return a.div(b);
  }

  @Override
  public NDArray scale(NDArray x, double factor) {
    // DJL frees the scalar of mul(Number) at once, but the backward pass reads it: now and then it
    // would find other data there. An array of the manager lives until the step is over.
    return x.mul(x.getManager().create(new float[] {(float) factor}));
  }

  @Override
  public NDArray tanh(NDArray x) {
    return x.tanh();
  }

  @Override
  public NDArray leakyRelu(NDArray x) {
    return Activation.leakyRelu(x, 0.01f);
  }

  @Override
  public NDArray relu(NDArray x) {
    return Activation.relu(x);
  }

  @Override
  public NDArray squareRoot(NDArray x, double epsilon) {
    return x.add((float) epsilon).sqrt();
  }

  @Override
  public NDArray softmax(NDArray x) {
    return x.softmax(-1);
  }

  @Override
  public NDArray concat(NDArray a, NDArray b) {
    return a.concat(b, -1);
  }

  @Override
  public NDArray matMul(NDArray a, NDArray b) {
    return a.matMul(b);
  }

  @Override
  public NDArray transpose(NDArray x) {
    return x.swapAxes(-2, -1);
  }

  @Override
  public NDArray splitLast(NDArray x, int parts) {
    Shape shape = x.getShape();
    Shape front = shape.slice(0, shape.dimension() - 1);
    return x.reshape(front.add(parts, shape.get(shape.dimension() - 1) / parts));
  }

  @Override
  public NDArray joinLast(NDArray x) {
    Shape shape = x.getShape();
    int last = shape.dimension() - 1;
    return x.reshape(shape.slice(0, last - 1).add(shape.get(last - 1) * shape.get(last)));
  }

  @Override
  public NDArray meanLast(NDArray x) {
    return x.mean(new int[] {x.getShape().dimension() - 1}, true);
  }

  @Override
  public NDArray splitHeads(NDArray x, int heads) {
    Shape shape = x.getShape();
    long width = shape.get(2) / heads;
    return x.reshape(shape.get(0), shape.get(1), heads, width).swapAxes(1, 2);
  }

  @Override
  public NDArray joinHeads(NDArray x) {
    Shape shape = x.getShape();
    return x.swapAxes(1, 2).reshape(shape.get(0), shape.get(2), shape.get(1) * shape.get(3));
  }

  @Override
  public NDArray mixHeads(NDArray matrix, NDArray x) {
    Shape shape = x.getShape();
    NDArray flat = x.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3));
    return matrix.matMul(flat).reshape(shape);
  }

  @Override
  public NDArray squeeze(NDArray x, int axis) {
    return x.squeeze(axis);
  }

  @Override
  public NDArray unsqueeze(NDArray x, int axis) {
    return x.expandDims(axis);
  }

  @Override
  public NDArray meanWeights(NDArray frameMask) {
    return frameMask.div(frameMask.sum(new int[] {1}, true).maximum(1)).expandDims(1);
  }

  @Override
  public NDArray attentionWeights(NDArray scores, NDArray frameMask) {
    NDArray penalty = frameMask.neg().add(1).mul(EXCLUDED).expandDims(1).expandDims(1);
    return scores.add(penalty).softmax(-1);
  }

  private NDArray weight(String layer) {
    return parameter(ParameterSpec.weight(layer));
  }

  private NDArray bias(String layer) {
    return parameter(ParameterSpec.bias(layer));
  }
}
