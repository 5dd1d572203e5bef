package dev.serenade.benchmark;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.mel.LogMelGraph;
import dev.serenade.whisper.onnx.DataType;
import dev.serenade.whisper.onnx.GraphBuilder;
import dev.serenade.whisper.onnx.GraphOutputs;
import dev.serenade.whisper.onnx.GraphSession;
import dev.serenade.whisper.onnx.GraphValue;
import dev.serenade.whisper.onnx.SessionSettings;
import dev.serenade.whisper.tensor.FloatTensor;
import java.util.Map;
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

/** How long does the log-Mel spectrogram take, without the encoder behind it? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class FrontEndBenchmark {

  private static final String WAVEFORM = "waveform";

  /** Of 30 s. */
  private static final int MOST_FRAMES = 3000;

  @Param({"3", "30"})
  int seconds;

  @Param({"80", "128"})
  int melBands;

  @Param({"1", "2"})
  int threads;

  private GraphSession session;
  private Map<String, FloatTensor> clip = Map.of();

  /** Builds the graph. */
  @Setup
  public void build() {
    Waveform noise = Noise.ofSeconds(seconds);
    int frames = 2 * Window.framesOf(noise.length());
    GraphBuilder graph = new GraphBuilder("front-end");
    GraphValue logMel =
        new LogMelGraph(melBands, MOST_FRAMES)
            .append(
                graph,
                graph.input(WAVEFORM, DataType.FLOAT, "batch", "samples"),
                graph.integers(frames));
    graph.output("log_mel", logMel, DataType.FLOAT, "batch", "mel_bands", "mel_frames");
    session = graph.build().open(new SessionSettings(threads));
    clip = Map.of(WAVEFORM, FloatTensor.of(noise.toArray(), 1, noise.length()));
  }

  /** Computes the spectrogram. */
  @Benchmark
  public GraphOutputs logMel() {
    return session.run(clip, Map.of(), session.outputNames());
  }

  /** Frees the graph. */
  @TearDown
  public void close() {
    session.close();
  }
}
