package dev.serenade.benchmark;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import java.io.IOException;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does decoding take, and how much of it is resampling? WAV files of 16 bits, mono: at 16
 * kHz nothing is resampled.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBenchmark {

  @Param({"3", "30", "300"})
  int seconds;

  @Param({"16000", "44100", "48000"})
  int sampleRateHz;

  private byte[] file = new byte[0];

  /** Makes the file. */
  @Setup
  public void write() {
    int samples = seconds * sampleRateHz;
    Waveform noise = Noise.ofSeconds(1 + samples / Waveform.SAMPLE_RATE_HZ).slice(0, samples);
    file = Noise.wav(noise, sampleRateHz);
  }

  /** Decodes from memory. */
  @Benchmark
  public Waveform decode() throws IOException {
    return AudioDecoder.create().decode(file, "noise.wav");
  }
}
