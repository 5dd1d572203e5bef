package dev.serenade.benchmark;

import dev.serenade.audio.Waveform;
import dev.serenade.whisper.EncodedClip;
import dev.serenade.whisper.WhisperConfig;
import dev.serenade.whisper.WhisperEncoder;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
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

/**
 * How long does an encoder take for a clip, front end included, by what it hears besides the clip
 * and by the last block that is computed?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class EncoderBenchmark {

  /** The folder of encoders; {@code -Dserenade.shared=DIR} changes where it lies. */
  private static final Path MODELS =
      Path.of(System.getProperty("serenade.shared", "../shared"), "models");

  @Param({"whisper-tiny.en", "whisper-base"})
  String model = "";

  @Param({"3", "30"})
  int seconds;

  @Param({"1", "2"})
  int threads;

  @Param({"ADAPTIVE", "MEMORY", "PADDED"})
  Window.Mode window = Window.Mode.ADAPTIVE;

  /** Half of the blocks, or all of them. */
  @Param({"0.5", "1"})
  double blocks;

  private WhisperEncoder encoder;
  private Waveform clip;

  /** Loads the encoder. */
  @Setup
  public void load() throws IOException {
    Path folder = MODELS.resolve(model);
    int all = WhisperConfig.read(folder.resolve("config.json")).blocks();
    encoder =
        WhisperEncoder.load(
            folder,
            window(),
            new TreeSet<>(List.of((int) Math.round(blocks * all))),
            new SessionSettings(threads));
    clip = Noise.ofSeconds(seconds);
  }

  private Window window() {
    return switch (window) {
      case ADAPTIVE -> Window.adaptive();
      case MEMORY -> Window.memory();
      case PADDED -> Window.padded();
    };
  }

  /** Encodes one clip. */
  @Benchmark
  public EncodedClip encode() {
    return encoder.encode(clip);
  }

  /** Frees the encoder. */
  @TearDown
  public void close() {
    encoder.close();
  }
}
