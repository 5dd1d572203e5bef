package dev.serenade.cli.predict;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Decodes recordings in a thread of its own, in their order, so far ahead as memory allows: until
 * ten minutes of sound wait to be taken, or 256 recordings.
 */
final class DecodeAhead implements AutoCloseable {

  private static final long MOST_SAMPLES = 600L * Waveform.SAMPLE_RATE_HZ;
  private static final int MOST_RECORDINGS = 256;

  private final AudioDecoder decoder = AudioDecoder.create();
  private final List<Recording> recordings;
  private final Thread thread = new Thread(this::decodeAll, "decode");
  private final Queue<Decoded> waiting = new ArrayDeque<>();
  private long waitingSamples;
  private int taken;

  private DecodeAhead(List<Recording> recordings) {
    this.recordings = recordings;
  }

  /** Begins to decode. */
  static DecodeAhead start(List<Recording> recordings) {
    DecodeAhead ahead = new DecodeAhead(recordings);
    ahead.thread.setDaemon(true);
    ahead.thread.start();
    return ahead;
  }

  /**
   * Returns the next recordings: at least one, for which it waits, and as many more as are ready.
   * Empty after the last.
   *
   * @param most how many to return at most
   * @param mostSeconds those after the first are left for later if all together are longer than
   *     this
   */
  synchronized List<Decoded> next(int most, double mostSeconds) throws InterruptedException {
    if (taken == recordings.size()) {
      return List.of();
    }
    while (waiting.isEmpty()) {
      wait();
    }
    List<Decoded> next = new ArrayList<>();
    double samples = mostSeconds * Waveform.SAMPLE_RATE_HZ;
    do {
      Decoded decoded = waiting.remove();
      next.add(decoded);
      samples -= samples(decoded);
      waitingSamples -= samples(decoded);
    } while (next.size() < most && !waiting.isEmpty() && samples >= samples(waiting.element()));
    taken += next.size();
    notifyAll();
    return next;
  }

  private void decodeAll() {
    try {
      for (Recording recording : recordings) {
        put(decode(recording));
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for the rest.
    }
  }

  private Decoded decode(Recording recording) {
    try {
      return new Clip(recording.name(), recording.content().decode(decoder));
    } catch (IOException e) {
      return Failed.of(recording.name(), e);
    } catch (OutOfMemoryError e) {
      return new Failed(
          recording.name(),
          Failed.OUT_OF_MEMORY,
          recording.name() + ": too long for the memory that Java may use");
    } catch (RuntimeException | LinkageError e) {
      // Whatever it is, whoever waits for this recording must hear of it.
      return new Failed(
          recording.name(),
          Failed.UNREADABLE,
          "%s: cannot be decoded: %s".formatted(recording.name(), e));
    }
  }

  private synchronized void put(Decoded decoded) throws InterruptedException {
    while (!waiting.isEmpty()
        && (waiting.size() == MOST_RECORDINGS
            || waitingSamples + samples(decoded) > MOST_SAMPLES)) {
      wait();
    }
    waiting.add(decoded);
    waitingSamples += samples(decoded);
    notifyAll();
  }

  private static int samples(Decoded decoded) {
    return decoded instanceof Clip clip ? clip.waveform().length() : 0;
  }

  /** Stops decoding; what is being decoded is given up. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
