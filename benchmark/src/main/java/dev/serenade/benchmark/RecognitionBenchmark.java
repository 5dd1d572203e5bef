package dev.serenade.benchmark;

import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** How long does the default model take from a file to scores, and how long without decoding? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class RecognitionBenchmark {

  @Param({"3", "30"})
  int seconds;

  @Param({"1", "2"})
  int threads;

  private EmotionRecognizer recognizer;
  private Waveform clip;
  private Path file;

  /** Loads the default model and writes a WAV file. */
  @Setup
  public void load() throws IOException {
    recognizer = EmotionRecognizer.loadDefault(new SessionSettings(threads));
    clip = Noise.ofSeconds(seconds);
    file = Files.createTempFile("benchmark", ".wav");
    Files.write(file, Noise.wav(clip));
  }

  /** Decodes, and recognises. */
  @Benchmark
  public Recognition fileToScores() throws IOException {
    return recognizer.recognize(file);
  }

  /** Recognises what is decoded already. */
  @Benchmark
  public Recognition waveformToScores() {
    return recognizer.recognize(clip);
  }

  /** Frees the model and removes the file. */
  @TearDown
  public void close() throws IOException {
    recognizer.close();
    Files.delete(file);
  }
}
