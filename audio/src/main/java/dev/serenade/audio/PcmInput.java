package dev.serenade.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * Raw samples from a stream of bytes, such as a pipe: those of several channels in turn.
 *
 * <p>The mean of the channels at 16 kHz, as {@link PcmDecoder} makes it. Bytes may come in any
 * portions, also ones that part a sample, and 10 ms of them are enough to be read; what does not
 * make a whole sample of all channels at the end is dropped.
 *
 * <p>Memory does not grow with what has been read. For one thread.
 */
public final class PcmInput implements WaveformStream {

  private final InputStream source;
  private final PcmDecoder decoder;
  private final byte[] portion;
  private boolean ended;
  private boolean closed;

  private PcmInput(InputStream source, PcmDecoder decoder) {
    this.source = Objects.requireNonNull(source, "source");
    this.decoder = decoder;
    this.portion = new byte[decoder.missing()];
  }

  /**
   * Starts to read samples of 16 bits.
   *
   * @param source is closed with this
   * @param rateHz how many samples of each channel a second has, from 1,000 to 768,000
   * @param channels how many, from 1 to 64
   */
  public static PcmInput of(InputStream source, int rateHz, int channels) {
    return of(source, PcmFormat.SIGNED_16, rateHz, channels);
  }

  /**
   * Starts to read samples.
   *
   * @param source is closed with this
   * @param format how they are written
   * @param rateHz how many samples of each channel a second has, from 1,000 to 768,000
   * @param channels how many, from 1 to 64
   */
  public static PcmInput of(InputStream source, PcmFormat format, int rateHz, int channels) {
    return new PcmInput(source, PcmDecoder.of(format, rateHz, channels));
  }

  /**
   * Reads the next samples.
   *
   * @throws AudioFormatException if one is NaN or infinite
   */
  @Override
  public Optional<Waveform> read(int samples) throws IOException {
    if (samples < 1) {
      throw new IllegalArgumentException("at least 1 sample expected, found " + samples);
    }
    if (closed) {
      throw new IllegalStateException("raw samples: read after they were closed");
    }
    while (decoder.waiting() < samples && !ended) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while reading raw samples");
      }
      int count = source.read(portion, 0, decoder.missing());
      if (count < 0) {
        ended = true;
        decoder.end();
      } else {
        decoder.accept(ByteBuffer.wrap(portion, 0, count));
      }
    }
    return decoder.waiting() == 0 ? Optional.empty() : Optional.of(decoder.take(samples));
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      decoder.close();
      source.close();
    }
  }
}
