package dev.serenade.speed;

import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How fast this machine multiplies matrices of 32-bit floats, the ceiling of everything that an
 * encoder does: ONNX Runtime's product of two square matrices, on as many threads.
 *
 * <pre>{@code
 * rate = 2 m n^3 / seconds     floating-point operations per second, for the n that is best, and m
 *                              products in turn
 * }</pre>
 *
 * <p>One product is over in a few milliseconds. No machine that others use, and few that grow warm,
 * go on as fast for as long as an encoder takes, so that an encoder is compared with as many
 * products as are as much work.
 */
final class MatrixRate implements AutoCloseable {

  /** Small enough for a quiet moment between other programs, large enough to fill the machine. */
  private static final List<Integer> SIZES = List.of(512, 768, 1024);

  /** Some 0.3 seconds of two processors; more would make a round of long clips take too long. */
  static final int MOST_GIGAFLOPS = 40;

  private static final String LEFT = "left";
  private static final String CORNER = "corner";

  /** The second matrix is a weight, which ONNX Runtime arranges once, as those of an encoder. */
  private record Product(int size, GraphSession session, FloatTensor left) {

    static Product of(int size, SessionSettings settings) {
      GraphBuilder graph = new GraphBuilder("matrix-product");
      String width = Integer.toString(size);
      GraphValue left = graph.input(LEFT, DataType.FLOAT, width, width);
      GraphValue product = graph.matMul(left, graph.weight("right", ones(size)));
      // Only a row is copied out, but all are computed.
      GraphValue corner = graph.slice(product, graph.integers(0), graph.integers(1), 0);
      graph.output(CORNER, corner, DataType.FLOAT, "1", width);
      return new Product(size, graph.build().open(settings), ones(size));
    }

    private static FloatTensor ones(int size) {
      FloatBuffer values = FloatTensor.allocate(size, size);
      while (values.hasRemaining()) {
        values.put(1);
      }
      return FloatTensor.wrap(values.rewind(), size, size);
    }

    void run() {
      session.run(Map.of(LEFT, left), Map.of(), Set.of(CORNER));
    }

    double gigaflops() {
      return 2e-9 * size * size * size;
    }

    /** Returns thousands of millions of operations a second, at the best of several goes. */
    double rate(long times) throws IOException {
      double milliseconds =
          Stopwatch.quickestMilliseconds(
              () -> {
                for (long done = 0; done < times; done++) {
                  run();
                }
              });
      return 1e3 * times * gigaflops() / milliseconds;
    }
  }

  private final List<Product> products = new ArrayList<>();
  private double best;

  MatrixRate(SessionSettings settings) {
    SIZES.forEach(size -> products.add(Product.of(size, settings)));
  }

  /** Measures single products once more. */
  void measure() throws IOException {
    for (Product product : products) {
      best = Math.max(best, product.rate(1));
    }
  }

  /**
   * Returns the rate that products keep up for a while.
   *
   * @param gigaflops for how many thousands of millions of operations
   * @return thousands of millions of operations per second
   */
  double over(double gigaflops) throws IOException {
    double work = Math.min(gigaflops, MOST_GIGAFLOPS);
    double quickest = 0;
    for (Product product : products) {
      long times = Math.max(1, Math.round(work / product.gigaflops()));
      quickest = Math.max(quickest, product.rate(times));
    }
    return quickest;
  }

  /**
   * Returns the best rate of a single product so far, in thousands of millions of operations per
   * second.
   */
  double gigaflops() {
    return best;
  }

  @Override
  public void close() {
    products.forEach(product -> product.session().close());
  }
}
