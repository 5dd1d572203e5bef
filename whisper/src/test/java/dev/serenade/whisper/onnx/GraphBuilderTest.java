package dev.serenade.whisper.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {

  private static final SessionSettings ONE_THREAD = new SessionSettings(1);
  private static final FloatTensor MATRIX = FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);

  private final GraphBuilder graph = new GraphBuilder("test");
  private final GraphValue x = graph.input("x", DataType.FLOAT, "rows", "3");

  /** Builds a graph of one step over a matrix and runs it. */
  private FloatTensor run(UnaryOperator<GraphValue> step) {
    return run(step, MATRIX);
  }

  private FloatTensor run(UnaryOperator<GraphValue> step, FloatTensor input) {
    graph.output("y", step.apply(x), DataType.FLOAT);
    try (GraphSession session = graph.build().open(ONE_THREAD)) {
      assertThat(session.outputNames()).containsExactly("y");
      return output(session, Map.of("x", input), Map.of());
    }
  }

  private static FloatTensor output(
      GraphSession session, Map<String, FloatTensor> floats, Map<String, long[]> integers) {
    return session.run(floats, integers, Set.of("y")).get("y");
  }

  private FloatTensor vector(float... values) {
    return FloatTensor.of(values, values.length);
  }

  @Test
  void arithmeticBroadcasts() {
    FloatTensor y =
        run(
            v ->
                graph.divide(
                    graph.subtract(
                        graph.multiply(graph.add(v, graph.scalar(1)), graph.scalar(4)),
                        graph.constant(vector(2, 4, 6))),
                    graph.scalar(2)));
    assertThat(y.toArray()).containsExactly(3, 4, 5, 9, 10, 11);
  }

  @Test
  void linearTakesWeightsInPyTorchLayout() {
    FloatTensor weight = FloatTensor.of(new float[] {1, 0, 0, 0, 10, 100}, 2, 3);
    FloatTensor y = run(v -> graph.linear("l", v, weight, vector(0.5f, -1)));
    assertThat(y.shape()).containsExactly(2, 2);
    assertThat(y.toArray()).containsExactly(1.5f, 319, 4.5f, 649);
  }

  @Test
  void layerNormIsItsFormula() {
    FloatTensor y = run(v -> graph.layerNorm("n", v, vector(1, 2, 1), vector(0, 0, 5)));
    float unit = (float) (1 / Math.sqrt(2.0 / 3 + 1e-5));
    float[] expected = {-unit, 0, unit + 5, -unit, 0, unit + 5};
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(y.get(i) - expected[i])).isLessThan(1e-6f);
    }
  }

  @Test
  void softmaxSumsToOneOverItsDimension() {
    FloatTensor y = run(v -> graph.reduceSum(graph.softmax(v, 0), 0));
    assertThat(y.shape()).containsExactly(1, 3);
    assertThat(y.toArray()).containsExactly(1, 1, 1);
  }

  @Test
  void shapesAreChangedAndElementsKept() {
    FloatTensor y = run(v -> graph.squeeze(graph.unsqueeze(graph.transpose(v, 1, 0), 0, 3), 0));
    assertThat(y.shape()).containsExactly(3, 2, 1);
    assertThat(y.toArray()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void dimensionIsTheLengthOfTheInput() {
    FloatTensor y =
        run(
            v ->
                graph.cast(
                    graph.concat(0, graph.dimension(v, 0), graph.dimension(v, 1)), DataType.FLOAT));
    assertThat(y.toArray()).containsExactly(2, 3);
  }

  @Test
  void sliceAndReshapeTakeAndArrange() {
    FloatTensor y =
        run(v -> graph.reshape(graph.slice(v, graph.integers(1), graph.integers(3), 1), 0, 1, -1));
    assertThat(y.shape()).containsExactly(2, 1, 2);
    assertThat(y.toArray()).containsExactly(2, 3, 5, 6);
  }

  @Test
  void optionalInputsMayBeLeftOut() {
    FloatTensor y =
        run(
            v ->
                graph
                    .node("Clip")
                    .inputs(v)
                    .optionalInput(Optional.empty())
                    .optionalInput(Optional.of(graph.squeeze(graph.scalar(2.5f))))
                    .output());
    assertThat(y.toArray()).containsExactly(1, 2, 2.5f, 2.5f, 2.5f, 2.5f);
  }

  @Test
  void freeDimensionsTakeAnyLength() {
    FloatTensor five = FloatTensor.of(new float[15], 5, 3);
    assertThat(run(v -> graph.add(v, v), five).shape()).containsExactly(5, 3);
  }

  @Test
  void integersGoInAsIntegers() {
    GraphValue n = graph.input("n", DataType.INT64, "count");
    graph.output("y", graph.cast(graph.add(n, n), DataType.FLOAT), DataType.FLOAT, "count");
    try (GraphSession session = graph.build().open(ONE_THREAD)) {
      FloatTensor y = output(session, Map.of("x", MATRIX), Map.of("n", new long[] {3, -1}));
      assertThat(y.toArray()).containsExactly(6, -2);
    }
  }

  @Test
  void equalNamesAreMadeUnique() {
    GraphValue first = graph.weight("w", vector(1, 2, 3));
    GraphValue second = graph.weight("w", vector(10, 20, 30));
    GraphValue third = graph.weight("w_2", vector(100, 200, 300));
    assertThat(Set.of(first, second, third)).hasSize(3);
    FloatTensor y = run(v -> graph.add(graph.add(graph.add(v, first), second), third));
    assertThat(y.toArray()).containsExactly(112, 224, 336, 115, 227, 339);
  }

  @Test
  void equalIntegersAreOneConstant() {
    assertThat(graph.integers(1, 2)).isEqualTo(graph.integers(1, 2));
    assertThat(graph.integers(1, 2)).isNotEqualTo(graph.integers(2, 1));
    assertThat(graph.integer(1)).isNotEqualTo(graph.integers(1));
  }

  @Test
  void namesThatTheOutsideKnowsAreNotChanged() {
    GraphValue sum = graph.add(x, x);
    GraphValue product = graph.multiply(x, x);
    assertThatThrownBy(() -> graph.input("x", DataType.FLOAT, "n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("graph test: the name x is already taken");
    assertThatThrownBy(() -> graph.output(sum.name(), product, DataType.FLOAT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("graph test: the name Add is already taken");
    graph.output(sum.name(), sum, DataType.FLOAT, "rows", "3");
    try (GraphSession session = graph.build().open(ONE_THREAD)) {
      assertThat(session.outputNames()).containsExactly("Add");
    }
  }
}
