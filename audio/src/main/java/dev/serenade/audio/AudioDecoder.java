package dev.serenade.audio;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Decodes recordings to mono 16 kHz waveforms: any audio file FFmpeg reads, or the sound of a
 * video.
 *
 * <p>WAV of 8, 16, 24 and 32 bits and float, FLAC, MP3, Ogg, Opus, M4A, WebM, MP4 and more. All
 * channels are averaged, or one is picked. A 16 kHz mono file of 16 bits gives its samples exactly,
 * divided by 32768; other rates are resampled with a filter that leaves nothing above 8 kHz.
 *
 * <p>{@code decode} gives a recording whole or not at all: one that is cut short or damaged is an
 * {@link AudioFormatException}, as is all else that is wrong with it. {@code open} reads one piece
 * by piece, however long it is, and goes on after damage. An interrupted thread gets an {@link
 * java.io.InterruptedIOException}, and stays interrupted.
 *
 * <p>Nothing but the file or bytes given is read: playlists are no audio, and a reference to
 * another file or address within a recording is not followed.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class AudioDecoder {

  private static final int ALL_CHANNELS = 0;

  private static final AudioDecoder DEFAULT = new AudioDecoder(DecodeLimits.DEFAULT, ALL_CHANNELS);

  private final DecodeLimits limits;
  private final int channel;

  private AudioDecoder(DecodeLimits limits, int channel) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.channel = channel;
  }

  /** Returns a decoder with {@link DecodeLimits#DEFAULT} that averages all channels. */
  public static AudioDecoder create() {
    return DEFAULT;
  }

  /** Returns a decoder like this one with other limits. */
  public AudioDecoder withLimits(DecodeLimits newLimits) {
    return new AudioDecoder(newLimits, channel);
  }

  /**
   * Returns a decoder like this one that takes one channel.
   *
   * @param number which channel, counted from 1
   */
  public AudioDecoder withChannel(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("channels are counted from 1, found " + number);
    }
    return new AudioDecoder(limits, number);
  }

  /** Returns a decoder like this one that takes the mean of all channels. */
  public AudioDecoder withAllChannels() {
    return new AudioDecoder(limits, ALL_CHANNELS);
  }

  /**
   * Decodes a whole file.
   *
   * @throws AudioFormatException if it cannot be read, or is not intact audio within the limits
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  public Waveform decode(Path file) throws IOException {
    try (ByteSource source = ByteSource.of(file)) {
      return new Decoding(source, limits, channel - 1).decode(0, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * Decodes part of a file. It is the same as that part of the whole, but reads little more than
   * the part; so damage elsewhere in the file may go unseen.
   *
   * @param startSeconds where to start, from 0 on
   * @param endSeconds where to end, after the start; infinity means the end of the file. A time up
   *     to 0.1 s past the end of the file means its end
   * @throws AudioFormatException as for a whole file, or if the file does not last that long
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  public Waveform decode(Path file, double startSeconds, double endSeconds) throws IOException {
    if (!(startSeconds >= 0 && endSeconds > startSeconds)) {
      throw new IllegalArgumentException(
          "a range from 0 s on expected, found %s s to %s s".formatted(startSeconds, endSeconds));
    }
    try (ByteSource source = ByteSource.of(file)) {
      return new Decoding(source, limits, channel - 1).decode(startSeconds, endSeconds);
    }
  }

  /**
   * Decodes a whole recording from memory.
   *
   * @param bytes the content of an audio file; must not change meanwhile
   * @param name what to call it in messages
   * @throws AudioFormatException if it is not intact audio within the limits
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  public Waveform decode(byte[] bytes, String name) throws IOException {
    return new Decoding(ByteSource.of(bytes, name), limits, channel - 1)
        .decode(0, Double.POSITIVE_INFINITY);
  }

  /**
   * Opens a file to be read piece by piece, in memory that does not grow with its length, and
   * beyond damage. The {@linkplain DecodeLimits limits} are for what is decoded whole; here there
   * are none.
   *
   * @throws AudioFormatException if it cannot be read, or nothing of it can be decoded
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  public AudioReader open(Path file) throws IOException {
    return AudioReader.open(ByteSource.of(file), channel - 1);
  }

  /**
   * Opens a recording in memory to be read piece by piece, and beyond damage.
   *
   * @param bytes the content of an audio file; must not change meanwhile
   * @param name what to call it in messages
   * @throws AudioFormatException if nothing of it can be decoded
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  public AudioReader open(byte[] bytes, String name) throws IOException {
    return AudioReader.open(ByteSource.of(bytes, name), channel - 1);
  }

  /**
   * Opens a recording that is kept anywhere, such as in an object store, to be read piece by piece,
   * and beyond damage.
   *
   * @param content its bytes; closed with the reader, or here if it cannot be opened
   * @param name what to call it in messages
   * @throws AudioFormatException if it cannot be read, or nothing of it can be decoded
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  public AudioReader open(SeekableByteChannel content, String name) throws IOException {
    return AudioReader.open(ByteSource.of(content, name), channel - 1);
  }
}
