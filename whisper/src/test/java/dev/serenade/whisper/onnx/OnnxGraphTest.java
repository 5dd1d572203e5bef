package dev.serenade.whisper.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.Float16;
import dev.serenade.whisper.tensor.FloatTensor;
import dev.serenade.whisper.tensor.StoredTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {

  private static final int WIDTH = 64;
  private static final SessionSettings ONE_THREAD = new SessionSettings(1);

  private static FloatTensor random(Random random, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FloatTensor.of(values, shape);
  }

  /** Weights of every kind of use: multiplied, added, normalised with, sliced. */
  private static OnnxGraph graph(long seed) {
    return graph(seed, random(new Random(seed + 1), 100, WIDTH));
  }

  private static OnnxGraph graph(long seed, FloatTensor rowsToAdd) {
    Random random = new Random(seed);
    GraphBuilder graph = new GraphBuilder("test");
    GraphValue x = graph.input("x", DataType.FLOAT, "rows", Integer.toString(WIDTH));
    GraphValue linear =
        graph.linear("linear", x, random(random, WIDTH, WIDTH), random(random, WIDTH));
    GraphValue normed =
        graph.layerNorm("norm", linear, random(random, WIDTH), random(random, WIDTH));
    GraphValue table = graph.weight("table", rowsToAdd);
    GraphValue rows = graph.slice(table, graph.integers(0), graph.dimension(x, 0), 0);
    graph.output("y", graph.add(normed, rows), DataType.FLOAT, "rows", "width");
    graph.metadata("labels", "[\"angry\"]");
    return graph.build();
  }

  private static float[] run(GraphSession session, FloatTensor x) {
    return output(session, x).toArray();
  }

  private static FloatTensor output(GraphSession session, FloatTensor x) {
    return session.run(Map.of("x", x), Map.of(), Set.of("y")).get("y");
  }

  @Test
  void weightsStayInPlaceWhileTheGarbageIsCollected() {
    FloatTensor x = random(new Random(1), 5, WIDTH);
    FloatTensor anotherGraphsOutput;
    try (GraphSession session = graph(2).open(ONE_THREAD)) {
      anotherGraphsOutput = output(session, random(new Random(2), 100, WIDTH));
    }
    try (GraphSession session = graph(2, anotherGraphsOutput).open(ONE_THREAD)) {
      float[] expected = run(session, x);
      for (int i = 0; i < 50; i++) {
        System.gc();
        // Takes the place of any weights that were let go.
        for (int j = 0; j < 20; j++) {
          assertThat(random(new Random(j), WIDTH, WIDTH).size()).isEqualTo(WIDTH * WIDTH);
        }
        assertThat(run(session, x)).as("after %d collections", i + 1).isEqualTo(expected);
      }
    }
  }

  @Test
  void writtenFileGivesTheSameResultInOnnxRuntime() throws IOException, OrtException {
    FloatTensor x = random(new Random(3), 5, WIDTH);
    OnnxGraph graph = graph(4);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    graph.write(file);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (GraphSession ours = graph.open(ONE_THREAD);
        OrtSession plain = environment.createSession(file.toByteArray());
        OnnxTensor input = OnnxTensor.createTensor(environment, x.values(), x.shape());
        OrtSession.Result result = plain.run(Map.of("x", input))) {
      float[][] found = (float[][]) result.get(0).getValue();
      float[] expected = run(ours, x);
      for (int row = 0; row < 5; row++) {
        for (int d = 0; d < WIDTH; d++) {
          assertThat(Math.abs(found[row][d] - expected[row * WIDTH + d])).isLessThan(1e-5f);
        }
      }
      assertThat(plain.getMetadata().getCustomMetadata()).containsEntry("labels", "[\"angry\"]");
      assertThat(plain.getMetadata().getProducerName()).isEqualTo("serenade");
    }
  }

  @Test
  void halvesAreWidenedToTheSameFloats() {
    FloatTensor floats = random(new Random(8), WIDTH, WIDTH);
    ByteBuffer halves = ByteBuffer.allocate(2 * floats.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < floats.size(); i++) {
      halves.putShort(Float16.fromFloat(floats.get(i)));
    }
    StoredTensor stored =
        new StoredTensor(ElementType.F16, List.of((long) WIDTH, (long) WIDTH), halves.rewind());
    FloatTensor x = random(new Random(9), 5, WIDTH);
    try (GraphSession asStored = product(graph -> graph.weight("w", stored)).open(ONE_THREAD);
        GraphSession asFloats =
            product(graph -> graph.weight("w", stored.toFloats())).open(ONE_THREAD)) {
      assertThat(run(asStored, x)).isEqualTo(run(asFloats, x));
    }
  }

  private static OnnxGraph product(Function<GraphBuilder, GraphValue> weight) {
    GraphBuilder graph = new GraphBuilder("test");
    GraphValue x = graph.input("x", DataType.FLOAT, "rows", Integer.toString(WIDTH));
    graph.output(
        "y", graph.matMulTransposed(x, weight.apply(graph)), DataType.FLOAT, "rows", "width");
    return graph.build();
  }

  @Test
  void onlyOneBranchIsComputed() {
    GraphBuilder graph = new GraphBuilder("test");
    GraphValue x = graph.input("x", DataType.FLOAT, "rows", Integer.toString(WIDTH));
    GraphValue isLong =
        graph.node("Less").inputs(graph.integers(2), graph.dimension(x, 0)).output();
    GraphValue table = graph.weight("table", random(new Random(10), 1, WIDTH));
    // The second branch fails where it is computed for one row.
    GraphValue either =
        graph.either(
            isLong,
            () -> graph.add(graph.add(x, table), graph.scalar(1)),
            () -> graph.reshape(x, 2, WIDTH));
    graph.output("y", graph.multiply(either, graph.scalar(2)), DataType.FLOAT, "rows", "width");
    FloatTensor three = random(new Random(11), 3, WIDTH);
    FloatTensor two = random(new Random(12), 2, WIDTH);
    float[] row = random(new Random(10), 1, WIDTH).toArray();
    try (GraphSession session = graph.build().open(ONE_THREAD)) {
      float[] found = run(session, three);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo(2 * (three.get(i) + row[i % WIDTH] + 1));
      }
      assertThat(run(session, two)[5]).isEqualTo(2 * two.get(5));
      assertThatThrownBy(() -> run(session, random(new Random(13), 1, WIDTH)))
          .isInstanceOf(GraphException.class);
    }
  }

  @Test
  void oneGraphOpensManyTimes() {
    FloatTensor x = random(new Random(5), 5, WIDTH);
    OnnxGraph graph = graph(6);
    float[] expected;
    try (GraphSession first = graph.open(ONE_THREAD)) {
      expected = run(first, x);
    }
    try (GraphSession second = graph.open(ONE_THREAD)) {
      assertThat(run(second, x)).isEqualTo(expected);
    }
  }

  @Test
  void wrongInputsAreToldByOnnxRuntime() {
    try (GraphSession session = graph(7).open(ONE_THREAD)) {
      assertThatThrownBy(() -> run(session, FloatTensor.of(new float[6], 2, 3)))
          .isInstanceOf(GraphException.class)
          .hasMessageStartingWith("the graph failed: ")
          .hasMessageContaining("Expected: " + WIDTH);
      assertThatThrownBy(() -> session.run(Map.of(), Map.of(), Set.of("y")))
          .isInstanceOf(GraphException.class);
    }
  }

  @Test
  void impossibleGraphIsRefusedWhenItIsOpened() {
    GraphBuilder graph = new GraphBuilder("test");
    GraphValue x = graph.input("x", DataType.FLOAT, "n");
    graph.output("y", graph.node("NoSuchOperator").inputs(x).output(), DataType.FLOAT, "n");
    OnnxGraph built = graph.build();
    assertThatThrownBy(() -> built.open(ONE_THREAD))
        .isInstanceOf(GraphException.class)
        .hasMessageStartingWith("ONNX Runtime refused the graph: ")
        .hasMessageContaining("NoSuchOperator");
  }

  @Test
  void closedSessionsRunNoMore() {
    GraphSession session = graph(8).open(ONE_THREAD);
    session.close();
    FloatTensor x = random(new Random(9), 5, WIDTH);
    assertThatThrownBy(() -> run(session, x)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void atLeastOneThreadIsNeeded() {
    assertThatThrownBy(() -> new SessionSettings(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least 1 thread is needed, found 0");
  }
}
