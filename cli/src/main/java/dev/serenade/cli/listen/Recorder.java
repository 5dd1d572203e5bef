package dev.serenade.cli.listen;

import dev.serenade.audio.Waveform;
import dev.serenade.audio.WaveformStream;
import dev.serenade.recognition.timeline.LiveStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads sound in a thread of its own and hands it on.
 *
 * <p>What comes faster than it was spoken, as from a file, is no hurry: it waits until what came
 * before has been taken. Live sound does not wait.
 */
final class Recorder {

  /** Sound that is handed on at once: short beside any delay that a listener would notice. */
  private static final int SAMPLES_AT_ONCE = Waveform.SAMPLE_RATE_HZ / 20;

  private final WaveformStream source;
  private final LiveStream live;
  private volatile Optional<IOException> failure = Optional.empty();
  private volatile boolean stopped;

  private Recorder(WaveformStream source, LiveStream live) {
    this.source = source;
    this.live = live;
  }

  /** Begins to read; ends the stream when the sound ends. */
  static Recorder start(WaveformStream source, LiveStream live) {
    Recorder recorder = new Recorder(source, live);
    Thread thread = new Thread(recorder::record, "record");
    thread.setDaemon(true);
    thread.start();
    return recorder;
  }

  private void record() {
    try {
      long started = System.nanoTime();
      long samples = 0;
      Optional<Waveform> next = source.read(SAMPLES_AT_ONCE);
      while (next.isPresent() && !stopped) {
        live.offer(next.get());
        samples += next.get().length();
        double spoken = (double) samples / Waveform.SAMPLE_RATE_HZ;
        if (spoken > (System.nanoTime() - started) / 1e9) {
          live.awaitTaken();
        }
        next = source.read(SAMPLES_AT_ONCE);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      live.end();
    }
  }

  /** Ends the stream now; what was heard so far counts. */
  void stop() {
    stopped = true;
    live.end();
  }

  /** Returns why the sound ended before its time, if it did. */
  Optional<IOException> failure() {
    return failure;
  }
}
