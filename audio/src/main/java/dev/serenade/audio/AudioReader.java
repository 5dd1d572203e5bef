package dev.serenade.audio;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads a recording piece by piece, in memory that does not grow with its length, and goes on where
 * it is damaged.
 *
 * <p>The pieces joined are exactly what {@link AudioDecoder#decode(java.nio.file.Path)} gives for
 * an intact recording. Where that one refuses, this one forgives:
 *
 * <ul>
 *   <li>What cannot be decoded is silence of the same length, so that what follows is at its time,
 *       and one of the {@link #gaps}. How long it was is told by the time stamps after it or, in
 *       formats without any such as MP3, by how many bytes are missing.
 *   <li>Samples that are NaN or infinite are silence and a gap, too.
 *   <li>A recording that is cut short, or whose end cannot be decoded, ends with the last sample
 *       that could be, and the rest is a gap.
 * </ul>
 *
 * <p>Matroska and WebM lose damaged clusters without a word, so there a jump of the time stamps by
 * more than 0.25 s is a gap; it is one too where a recorder only paused. Damage that a format
 * cannot tell from sound, such as other bytes within a WAV, is heard as it is.
 *
 * <p>For one thread. To be closed after use, which frees native memory and closes the file.
 */
public final class AudioReader implements WaveformStream {

  /** Longer silence goes through the resampler in parts. */
  private static final int SILENCE_AT_ONCE = 1 << 13;

  private final ByteSource source;
  private final Container container;
  private final FrameReader frames;
  private final MonoResampler resampler;
  private final SampleQueue queue = new SampleQueue();
  private final Gaps gaps = new Gaps();
  private final int channels;
  private long silenceDue;
  private boolean frameDue = true;
  private boolean ended;
  private boolean closed;

  private AudioReader(ByteSource source, Container container, FrameReader frames, int channel) {
    this.source = source;
    this.container = container;
    this.frames = frames;
    channels = frames.frame().ch_layout().nb_channels();
    resampler = new MonoResampler(frames.frame(), channel);
    noteMissing();
  }

  /**
   * Opens a recording and decodes as far as its first sound.
   *
   * @param source closed with the reader, or here if it cannot be opened
   * @param channel which channel to take, counted from 0, or -1 for the mean of all
   */
  static AudioReader open(ByteSource source, int channel) throws IOException {
    try {
      Decoding.checkNotEmpty(source);
      Container container = Container.open(source);
      try {
        return open(source, container, channel);
      } catch (Throwable e) {
        container.close();
        throw e;
      }
    } catch (Throwable e) {
      source.close();
      throw e;
    }
  }

  private static AudioReader open(ByteSource source, Container container, int channel)
      throws IOException {
    FrameReader frames = FrameReader.openForgiving(container);
    try {
      Decoding.start(frames, channel, source.name());
      return new AudioReader(source, container, frames, channel);
    } catch (Throwable e) {
      if (frames.rateHz() == 0 && frames.damage().isPresent()) {
        refuse(source, channel);
      }
      frames.close();
      throw e;
    }
  }

  /** Refuses a recording of which nothing can be decoded, as one that forgives nothing would. */
  private static void refuse(ByteSource source, int channel) throws IOException {
    try (Container container = Container.open(source);
        FrameReader frames = FrameReader.open(container)) {
      Decoding.start(frames, channel, source.name());
    }
  }

  /** Returns how many channels the recording has, of which this reads one or the mean. */
  public int channels() {
    return channels;
  }

  /** Returns how long the recording is by its header, in seconds, if that says so. */
  public OptionalDouble statedSeconds() {
    return container.statedSeconds();
  }

  /**
   * Reads the next samples.
   *
   * @throws AudioFormatException if the file can no longer be read, or has not one sample
   */
  @Override
  public Optional<Waveform> read(int samples) throws IOException {
    if (samples < 1) {
      throw new IllegalArgumentException("at least 1 sample expected, found " + samples);
    }
    if (closed) {
      throw new IllegalStateException(source.name() + ": read after it was closed");
    }
    while (queue.length() < samples && !ended) {
      long before = queue.appended();
      if (silenceDue > 0) {
        int step = (int) Math.min(silenceDue, SILENCE_AT_ONCE);
        resampler.acceptSilence(step, frames.frame(), queue);
        silenceDue -= step;
      } else if (frameDue) {
        resampler.accept(frames.frame(), queue);
        frameDue = false;
      } else if (frames.next()) {
        noteMissing();
        frameDue = true;
      } else {
        finish();
      }
      queue.silenceNonSamples(before, this::noteNonFinite);
    }
    return queue.length() == 0 ? Optional.empty() : Optional.of(queue.take(samples));
  }

  /** Returns what could not be decoded so far, in the order of time; at most 1000. */
  public List<Gap> gaps() {
    return gaps.toList();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      resampler.close();
      frames.close();
      container.close();
      source.close();
    }
  }

  private void noteMissing() {
    silenceDue = frames.missing();
    if (frames.damage().isPresent()) {
      double end = seconds(frames.position());
      gaps.add(end - seconds(silenceDue), end, frames.damage().get());
    }
  }

  private void noteNonFinite(long sample) {
    double start = (double) sample / Waveform.SAMPLE_RATE_HZ;
    double end = (sample + 1.0) / Waveform.SAMPLE_RATE_HZ;
    gaps.add(start, end, "finite samples expected, found NaN, infinity or overflow");
  }

  private void finish() throws IOException {
    ended = true;
    resampler.drain(queue);
    queue.cutTo(Decoding.toOutput(frames.position(), frames.rateHz()));
    if (queue.appended() == 0) {
      throw new AudioFormatException(
          Reason.EMPTY, source.name(), "audio expected, found no samples");
    }
    double end = seconds(frames.position());
    Optional<Completeness.Lack> lack = Completeness.find(source, container, frames);
    Optional<String> detail = frames.damage().or(() -> lack.map(Completeness.Lack::detail));
    if (detail.isPresent()) {
      double unheard = frames.damage().isPresent() ? frames.unheardSeconds() : 0;
      double missing = lack.map(Completeness.Lack::missingSeconds).orElse(0.0);
      gaps.add(end, end + Math.max(missing, unheard), detail.get());
    }
  }

  private double seconds(long samples) {
    return (double) samples / frames.rateHz();
  }
}
