package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Raw samples from a stream of bytes, such as a pipe: signed, of 16 bits, little endian, those of
 * several channels in turn.
 *
 * <p>The mean of the channels, resampled to 16 kHz as {@link AudioDecoder} does it: the pieces
 * joined are what it gives for a WAV of the same samples (at odd rates, which have more than 1024
 * times the part they have in common with 16 kHz, within 90 dB). Bytes may come in any portions,
 * also ones that part a sample, and 10 ms of them are enough to be read; what does not make a whole
 * sample of all channels at the end is dropped.
 *
 * <p>Memory does not grow with what has been read. For one thread.
 */
public final class PcmInput implements WaveformStream {

  private static final int BYTES_A_SAMPLE = 2;

  /** Sound goes on in blocks of 10 ms, so that portions leave no trace in how it is resampled. */
  private static final int BLOCKS_A_SECOND = 100;

  private final InputStream source;
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

  private PcmInput(InputStream source, int rateHz, int channels) {
    this.source = Objects.requireNonNull(source, "source");
    this.rateHz = rateHz;
    sampleBytes = BYTES_A_SAMPLE * channels;
    block = new byte[rateHz / BLOCKS_A_SECOND * sampleBytes];
    FFmpeg.load();
    frame = av_frame_alloc();
    frame.format(AV_SAMPLE_FMT_S16);
    frame.sample_rate(rateHz);
    frame.nb_samples(rateHz / BLOCKS_A_SECOND);
    av_channel_layout_default(frame.ch_layout(), channels);
    av_frame_get_buffer(frame, 0);
    resampler = new MonoResampler(frame, Decoding.MEAN_OF_CHANNELS);
  }

  /**
   * Starts to read samples.
   *
   * @param source is closed with this
   * @param rateHz how many samples of each channel a second has, from 1,000 to 768,000
   * @param channels how many, from 1 to 64
   */
  public static PcmInput of(InputStream source, int rateHz, int channels) {
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
    return new PcmInput(source, rateHz, channels);
  }

  @Override
  public Optional<Waveform> read(int samples) throws IOException {
    if (samples < 1) {
      throw new IllegalArgumentException("at least 1 sample expected, found " + samples);
    }
    if (closed) {
      throw new IllegalStateException("raw samples: read after they were closed");
    }
    while (queue.length() < samples && !ended) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while reading raw samples");
      }
      int count = source.read(block, held, block.length - held);
      held += Math.max(0, count);
      if (held == block.length || count < 0) {
        accept(held / sampleBytes);
        held = 0;
      }
      if (count < 0) {
        finish();
      }
    }
    return queue.length() == 0 ? Optional.empty() : Optional.of(queue.take(samples));
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      resampler.close();
      av_frame_free(frame);
      source.close();
    }
  }

  private void accept(int count) {
    if (count > 0) {
      frame.nb_samples(count);
      frame.data(0).put(block, 0, count * sampleBytes);
      resampler.accept(frame, queue);
      accepted += count;
    }
  }

  private void finish() {
    ended = true;
    if (accepted > 0) {
      resampler.drain(queue);
      queue.cutTo(Decoding.toOutput(accepted, rateHz));
    }
  }
}
