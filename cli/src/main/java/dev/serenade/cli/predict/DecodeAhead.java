package dev.serenade.cli.predict;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioReader;
import dev.serenade.audio.Waveform;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Decodes recordings in a thread of its own, in their order, so far ahead as memory allows: until
 * five minutes of sound wait to be taken, or 256 tracks. Of one that is longer than half a minute
 * it decodes the beginning; whoever takes it decodes the rest.
 */
final class DecodeAhead implements AutoCloseable {

  private static final long MOST_SAMPLES = 300L * Waveform.SAMPLE_RATE_HZ;
  private static final int MOST_TRACKS = 256;

  /** What is longer is not decoded whole: as much as an encoder hears at once. */
  private static final int LONGEST_CLIP = 30 * Waveform.SAMPLE_RATE_HZ;

  /** What is explained is held in memory; no more than four hours of it. */
  private static final int LONGEST_EXPLAINED = 4 * 3600 * Waveform.SAMPLE_RATE_HZ;

  private final List<Recording> recordings;
  private final Channels channels;
  private final boolean whole;
  private final Thread thread = new Thread(this::decodeAll, "decode");
  private final Queue<Decoded> waiting = new ArrayDeque<>();
  private long waitingSamples;
  private boolean ended;
  private boolean closed;

  private DecodeAhead(List<Recording> recordings, Channels channels, boolean whole) {
    this.recordings = recordings;
    this.channels = channels;
    this.whole = whole;
  }

  /**
   * Begins to decode.
   *
   * @param whole whether long recordings, too, are decoded whole
   */
  static DecodeAhead start(List<Recording> recordings, Channels channels, boolean whole) {
    DecodeAhead ahead = new DecodeAhead(recordings, channels, whole);
    ahead.thread.setDaemon(true);
    ahead.thread.start();
    return ahead;
  }

  /**
   * Returns the next tracks: at least one, for which it waits, and as many more as are ready; a
   * long one always alone. Empty after the last.
   *
   * @param most how many to return at most
   * @param mostSeconds those after the first are left for later if all together are longer than
   *     this
   */
  synchronized List<Decoded> next(int most, double mostSeconds) throws InterruptedException {
    while (waiting.isEmpty() && !ended) {
      wait();
    }
    List<Decoded> next = new ArrayList<>();
    double samples = mostSeconds * Waveform.SAMPLE_RATE_HZ;
    while (next.size() < most
        && !waiting.isEmpty()
        && (next.isEmpty() || samples >= samples(waiting.element()))) {
      if (waiting.element() instanceof LongRecording && !next.isEmpty()) {
        break;
      }
      Decoded decoded = waiting.remove();
      next.add(decoded);
      samples -= samples(decoded);
      waitingSamples -= samples(decoded);
      if (decoded instanceof LongRecording) {
        break;
      }
    }
    notifyAll();
    return next;
  }

  private void decodeAll() {
    try {
      for (Recording recording : recordings) {
        decode(recording);
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for the rest.
    } finally {
      end();
    }
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private void decode(Recording recording) throws InterruptedException {
    AudioDecoder decoder = AudioDecoder.create();
    if (channels.only().isPresent()) {
      int channel = channels.only().getAsInt();
      decode(recording, Track.channel(recording.name(), channel), decoder.withChannel(channel));
    } else if (channels.split()) {
      int count = 1;
      for (int channel = 1; channel <= count; channel++) {
        count =
            decode(
                recording, Track.channel(recording.name(), channel), decoder.withChannel(channel));
      }
    } else {
      decode(recording, Track.whole(recording.name()), decoder);
    }
  }

  /** Decodes a track, and returns how many channels the recording has; 0 if that is not known. */
  private int decode(Recording recording, Track track, AudioDecoder decoder)
      throws InterruptedException {
    try {
      AudioReader reader = recording.content().open(decoder);
      int found = reader.channels();
      put(decode(track, reader));
      return found;
    } catch (IOException e) {
      put(Failed.of(track, e));
    } catch (OutOfMemoryError e) {
      put(
          new Failed(
              track,
              Failed.OUT_OF_MEMORY,
              track.file() + ": too long for the memory that Java may use"));
    } catch (RuntimeException | LinkageError e) {
      // Whatever it is, whoever waits for this track must hear of it.
      put(
          new Failed(
              track, Failed.UNREADABLE, "%s: cannot be decoded: %s".formatted(track.file(), e)));
    }
    return 0;
  }

  private Decoded decode(Track track, AudioReader reader) throws IOException {
    boolean given = false;
    try {
      int longest = whole ? LONGEST_EXPLAINED : LONGEST_CLIP;
      Waveform beginning = reader.read(longest + 1).orElseGet(Waveform::of);
      if (beginning.length() <= longest) {
        return new Clip(track, beginning, reader.gaps());
      }
      if (whole) {
        return new Failed(
            track, "too-long", track.file() + ": 4 h at most expected with --explain, found more");
      }
      given = true;
      return new LongRecording(track, beginning, reader);
    } finally {
      if (!given) {
        reader.close();
      }
    }
  }

  private synchronized void put(Decoded decoded) throws InterruptedException {
    while (!closed
        && !waiting.isEmpty()
        && (waiting.size() == MOST_TRACKS || waitingSamples + samples(decoded) > MOST_SAMPLES)) {
      wait();
    }
    if (closed) {
      giveUp(decoded);
      throw new InterruptedException();
    }
    waiting.add(decoded);
    waitingSamples += samples(decoded);
    notifyAll();
  }

  private static int samples(Decoded decoded) {
    if (decoded instanceof Clip clip) {
      return clip.waveform().length();
    }
    return decoded instanceof LongRecording recording ? recording.beginning().length() : 0;
  }

  private static void giveUp(Decoded decoded) {
    if (decoded instanceof LongRecording recording) {
      try {
        recording.close();
      } catch (IOException e) {
        // Nothing was to be read from it any more.
      }
    }
  }

  /** Stops decoding; what is being decoded, or waits, is given up. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.forEach(DecodeAhead::giveUp);
    waiting.clear();
    thread.interrupt();
    notifyAll();
  }
}
