package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import dev.serenade.audio.AudioFormatException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Makes a waveform of raw samples that are handed over as they come, such as messages of a network
 * connection; {@link PcmInput} is the same for a stream of bytes.
 *
 * <pre>{@code
 * try (PcmDecoder decoder = PcmDecoder.of(PcmFormat.SIGNED_16, 48_000, 2)) {
 *   Waveform some = decoder.push(message);
 *   ...
 *   Waveform rest = decoder.finish();
 * }
 * }</pre>
 *
 * <p>Samples of several channels come in turn, and their mean is resampled to 16 kHz as {@link
 * AudioDecoder} does it: the pieces joined are what it gives for a WAV of the same samples (at odd
 * rates, which have more than 1024 times the part they have in common with 16 kHz, within 90 dB).
 * Bytes may come in any portions, also ones that part a sample, and go on in blocks of 10 ms, so
 * that portions leave no trace; what does not make a whole sample of all channels at the end is
 * dropped.
 *
 * <p>Memory does not grow with what has come, if what is returned is let go. For one thread.
 */
public final class PcmDecoder implements AutoCloseable {

  private static final int BLOCKS_A_SECOND = 100;

  private final PcmFormat format;
  private final int rateHz;
  private final int sampleBytes;
  private final byte[] block;
  private final AVFrame frame;
  private final MonoResampler resampler;
  private final SampleQueue queue = new SampleQueue();
  private int held;
  private long accepted;
  private boolean ended;
  private boolean closed;

  private PcmDecoder(PcmFormat format, int rateHz, int channels) {
    this.format = format;
    this.rateHz = rateHz;
    sampleBytes = format.bytes() * channels;
    block = new byte[rateHz / BLOCKS_A_SECOND * sampleBytes];
    FFmpeg.load();
    frame = av_frame_alloc();
    frame.format(
        switch (format) {
          case SIGNED_16 -> AV_SAMPLE_FMT_S16;
          case FLOAT_32 -> AV_SAMPLE_FMT_FLT;
        });
    frame.sample_rate(rateHz);
    frame.nb_samples(rateHz / BLOCKS_A_SECOND);
    av_channel_layout_default(frame.ch_layout(), channels);
    av_frame_get_buffer(frame, 0);
    resampler = new MonoResampler(frame, Decoding.MEAN_OF_CHANNELS);
  }

  /**
   * Makes a decoder that has heard nothing yet.
   *
   * @param rateHz how many samples of each channel a second has, from 1,000 to 768,000
   * @param channels how many, from 1 to 64
   */
  public static PcmDecoder of(PcmFormat format, int rateHz, int channels) {
    if (rateHz < Decoding.LOWEST_RATE_HZ || rateHz > Decoding.HIGHEST_RATE_HZ) {
      throw new IllegalArgumentException(
          "a sampling rate from %d to %d Hz expected, found %d Hz"
              .formatted(Decoding.LOWEST_RATE_HZ, Decoding.HIGHEST_RATE_HZ, rateHz));
    }
    if (channels < 1 || channels > Decoding.MAXIMUM_CHANNELS) {
      throw new IllegalArgumentException(
          "from 1 to %d channels expected, found %d"
              .formatted(Decoding.MAXIMUM_CHANNELS, channels));
    }
    return new PcmDecoder(format, rateHz, channels);
  }

  /**
   * Takes all bytes that remain in a buffer.
   *
   * @return what they make known of the sound; may be empty
   * @throws AudioFormatException if a sample is NaN, infinite or beyond 1e10
   */
  public Waveform push(ByteBuffer bytes) throws AudioFormatException {
    accept(bytes);
    return take(queue.length());
  }

  /** Hears that no more bytes come, and returns the rest of the sound. */
  public Waveform finish() throws AudioFormatException {
    end();
    return take(queue.length());
  }

  void accept(ByteBuffer bytes) throws AudioFormatException {
    if (closed || ended) {
      throw new IllegalStateException("raw samples: expected none after the end");
    }
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), missing());
      bytes.get(block, held, count);
      held += count;
      if (missing() == 0) {
        resample(held / sampleBytes);
      }
    }
  }

  void end() throws AudioFormatException {
    if (closed) {
      throw new IllegalStateException("raw samples: read after they were closed");
    }
    if (!ended) {
      ended = true;
      resample(held / sampleBytes);
      if (accepted > 0) {
        resampler.drain(queue);
        queue.cutTo(Decoding.toOutput(accepted, rateHz));
      }
    }
  }

  /** Returns how many bytes the next block still needs. */
  int missing() {
    return block.length - held;
  }

  /** Returns how many samples wait to be taken. */
  int waiting() {
    return queue.length();
  }

  Waveform take(int count) {
    return queue.take(count);
  }

  private void resample(int count) throws AudioFormatException {
    held = 0;
    if (count > 0) {
      if (format == PcmFormat.FLOAT_32) {
        checkFinite(count);
      }
      frame.nb_samples(count);
      frame.data(0).put(block, 0, count * sampleBytes);
      resampler.accept(frame, queue);
      accepted += count;
    }
  }

  private void checkFinite(int count) throws AudioFormatException {
    ByteBuffer samples = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count * sampleBytes; i += format.bytes()) {
      if (!SampleSink.isSample(samples.getFloat(i))) {
        throw new AudioFormatException(
            Reason.NON_FINITE,
            "raw samples",
            "finite samples expected, found %s at %.3f s"
                .formatted(samples.getFloat(i), (accepted + (double) i / sampleBytes) / rateHz));
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      resampler.close();
      av_frame_free(frame);
    }
  }
}
