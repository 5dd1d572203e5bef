package dev.serenade.benchmark;

import dev.serenade.recognition.head.AttentivePooling;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.OutputNorm;
import dev.serenade.recognition.head.ParameterSpec;
import dev.serenade.recognition.head.Pooling;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.head.StatisticsPooling;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long does a head take on hidden states that are known, by its pooling? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class HeadBenchmark {

  private static final int FRAMES_PER_SECOND = 50;
  private static final int CLASSES = 4;

  /** The paper's poolings, and statistics. */
  public enum Kind {
    /** The mean over frames. */
    MEAN,
    /** Mean and deviation. */
    STATISTICS,
    /** Multi-head attentive average. */
    ATTENTIVE,
    /** Multi-head query, key and value. */
    QKV;

    private Pooling pooling() {
      return switch (this) {
        case MEAN -> new MeanPooling();
        case STATISTICS -> new StatisticsPooling(OutputNorm.NORM);
        case ATTENTIVE -> AttentivePooling.of(HeadSpec.DEFAULT_HEADS, HeadSpec.DEFAULT_HEAD_WIDTH);
        case QKV -> QkvPooling.of(HeadSpec.DEFAULT_HEADS, HeadSpec.DEFAULT_HEAD_WIDTH);
      };
    }
  }

  @Param({"MEAN", "STATISTICS", "ATTENTIVE", "QKV"})
  Kind pooling = Kind.QKV;

  @Param({"3", "30"})
  int seconds;

  @Param({"384", "512", "768"})
  int width;

  @Param({"1", "2"})
  int threads;

  private GraphSession session;
  private Map<String, FloatTensor> inputs = Map.of();

  /** Builds a head of random weights. */
  @Setup
  public void build() {
    HeadSpec spec = HeadSpec.of(new SingleLayer(1), width, pooling.pooling(), CLASSES);
    Map<String, FloatTensor> parameters = new LinkedHashMap<>();
    for (ParameterSpec parameter : spec.parameters()) {
      parameters.put(parameter.name(), random(parameter.dimensions()));
    }
    GraphBuilder graph = new GraphBuilder("head");
    graph.output(
        "logits",
        Head.of(spec, parameters)
            .append(
                graph,
                graph.input("states", DataType.FLOAT, "batch", "frames", Integer.toString(width)),
                graph.input("mask", DataType.FLOAT, "batch", "frames"))
            .logits(),
        DataType.FLOAT,
        "batch",
        "classes");
    session = graph.build().open(new SessionSettings(threads));
    int frames = seconds * FRAMES_PER_SECOND;
    float[] mask = new float[frames];
    Arrays.fill(mask, 1);
    inputs = Map.of("states", random(1, frames, width), "mask", FloatTensor.of(mask, 1, frames));
  }

  private static FloatTensor random(long... shape) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble() - 0.5);
    }
    return FloatTensor.of(values, shape);
  }

  /** From hidden states to logits. */
  @Benchmark
  public GraphOutputs logits() {
    return session.run(inputs, Map.of(), session.outputNames());
  }

  /** Frees the head. */
  @TearDown
  public void close() {
    session.close();
  }
}
