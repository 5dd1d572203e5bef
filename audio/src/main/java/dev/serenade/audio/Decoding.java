package dev.serenade.audio;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.util.OptionalDouble;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** One run from bytes to a waveform: opens, checks, resamples, collects. */
final class Decoding {

  /** Decoders and the resampling filter run in for this long before the first sample kept. */
  private static final double RUN_IN_SECONDS = 1;

  /** A range may end this much after the audio does, for manifests round their times. */
  private static final double RANGE_TOLERANCE_SECONDS = 0.1;

  static final int LOWEST_RATE_HZ = 1_000;
  static final int HIGHEST_RATE_HZ = 768_000;

  /** Stands for the mean of all channels where one is named by its index. */
  static final int MEAN_OF_CHANNELS = -1;

  /** The most that libswresample takes. */
  static final int MAXIMUM_CHANNELS = 64;

  private final ByteSource source;
  private final DecodeLimits limits;
  private final int channel;

  /**
   * Makes a run.
   *
   * @param channel which channel to take, counted from 0, or -1 for the mean of all
   */
  Decoding(ByteSource source, DecodeLimits limits, int channel) {
    this.source = source;
    this.limits = limits;
    this.channel = channel;
  }

  /** Decodes from one time to another, which may be infinite: then to the end. */
  Waveform decode(double startSeconds, double endSeconds) throws IOException {
    checkSize();
    checkLength(endSeconds - startSeconds, Double.isInfinite(endSeconds));
    if (startSeconds > RUN_IN_SECONDS) {
      try (Container container = Container.open(source);
          FrameReader reader = FrameReader.open(container)) {
        start(reader, channel, source.name());
        if (reader.seek(startSeconds - RUN_IN_SECONDS)) {
          return collect(container, reader, startSeconds, endSeconds);
        }
      }
    }
    try (Container container = Container.open(source);
        FrameReader reader = FrameReader.open(container)) {
      start(reader, channel, source.name());
      return collect(container, reader, startSeconds, endSeconds);
    }
  }

  /**
   * Moves to the first frame, and checks that its kind is one we take.
   *
   * @param channel which channel to take, counted from 0, or -1 for the mean of all
   */
  static void start(FrameReader reader, int channel, String name) throws IOException {
    if (!reader.next()) {
      throw new AudioFormatException(Reason.EMPTY, name, "audio expected, found no samples");
    }
    AVFrame frame = reader.frame();
    int channels = frame.ch_layout().nb_channels();
    if (channels > MAXIMUM_CHANNELS) {
      throw new AudioFormatException(
          Reason.UNSUPPORTED,
          name,
          "at most %d channels expected, found %d".formatted(MAXIMUM_CHANNELS, channels));
    }
    if (channel >= channels) {
      throw new AudioFormatException(
          Reason.NO_SUCH_CHANNEL,
          name,
          "channel %d expected, but it has %d".formatted(channel + 1, channels));
    }
    if (frame.sample_rate() < LOWEST_RATE_HZ || frame.sample_rate() > HIGHEST_RATE_HZ) {
      throw new AudioFormatException(
          Reason.UNSUPPORTED,
          name,
          "a sampling rate from %d to %d Hz expected, found %d Hz"
              .formatted(LOWEST_RATE_HZ, HIGHEST_RATE_HZ, frame.sample_rate()));
    }
  }

  private Waveform collect(
      Container container, FrameReader reader, double startSeconds, double endSeconds)
      throws IOException {
    boolean toEnd = Double.isInfinite(endSeconds);
    OptionalDouble stated = container.statedSeconds();
    if (toEnd && stated.isPresent()) {
      checkLength(stated.getAsDouble() - startSeconds, false);
    }
    int alignment = MonoResampler.alignment(reader.rateHz());
    int misaligned = (int) (reader.position() % alignment);
    long first = toOutput(reader.position() - misaligned, reader.rateHz());
    long start = Math.round(startSeconds * Waveform.SAMPLE_RATE_HZ);
    long end =
        toEnd
            ? start + limits.maximumSamples() + 1
            : Math.round(endSeconds * Waveform.SAMPLE_RATE_HZ);
    long expected = Math.round(stated.orElse(0) * Waveform.SAMPLE_RATE_HZ) - start;
    SampleBuffer buffer = new SampleBuffer(first, start, end, expected);
    try (MonoResampler resampler = new MonoResampler(reader.frame(), channel)) {
      resampler.startWithSilence(misaligned);
      do {
        int before = buffer.length();
        resampler.accept(reader.frame(), buffer);
        checkFinite(buffer, before, startSeconds);
        if (buffer.isFull()) {
          checkLength(buffer.length() / (double) Waveform.SAMPLE_RATE_HZ, false);
          return buffer.toWaveform(buffer.length());
        }
      } while (reader.next());
      int before = buffer.length();
      resampler.drain(buffer);
      checkFinite(buffer, before, startSeconds);
    }
    Completeness.check(source, container, reader);
    return last(buffer, start, end, toOutput(reader.position(), reader.rateHz()), toEnd);
  }

  /** Cuts what was collected to the length of the audio, once that is known. */
  private Waveform last(SampleBuffer buffer, long start, long end, long total, boolean toEnd)
      throws AudioFormatException {
    if (total == 0) {
      throw error(Reason.EMPTY, "audio expected, found no samples");
    }
    double rangeEnd = toEnd ? 0 : (double) end / Waveform.SAMPLE_RATE_HZ;
    double totalSeconds = (double) total / Waveform.SAMPLE_RATE_HZ;
    if (start >= total || rangeEnd - totalSeconds > RANGE_TOLERANCE_SECONDS) {
      throw error(
          Reason.OUT_OF_RANGE,
          "audio from %.3f s to %s expected, found only %.3f s of it"
              .formatted(
                  (double) start / Waveform.SAMPLE_RATE_HZ,
                  toEnd ? "the end" : "%.3f s".formatted(rangeEnd),
                  totalSeconds));
    }
    int length = (int) Math.min(buffer.length(), total - start);
    checkLength(length / (double) Waveform.SAMPLE_RATE_HZ, false);
    return buffer.toWaveform(length);
  }

  static void checkNotEmpty(ByteSource source) throws AudioFormatException {
    if (source.size() == 0) {
      throw new AudioFormatException(Reason.EMPTY, source.name(), "audio expected, found 0 bytes");
    }
  }

  private void checkSize() throws AudioFormatException {
    checkNotEmpty(source);
    if (source.size() > limits.maximumBytes()) {
      throw error(
          Reason.TOO_LARGE,
          "at most %d bytes allowed, found %d".formatted(limits.maximumBytes(), source.size()));
    }
  }

  private void checkLength(double seconds, boolean unknown) throws AudioFormatException {
    if (!unknown && seconds > limits.maximumSeconds()) {
      throw error(
          Reason.TOO_LONG,
          "at most %s s allowed, found at least %.1f s"
              .formatted(limits.maximumSeconds(), seconds));
    }
  }

  private void checkFinite(SampleBuffer buffer, int from, double startSeconds)
      throws AudioFormatException {
    int index = buffer.firstNonSample(from);
    if (index >= 0) {
      throw error(
          Reason.NON_FINITE,
          "finite samples expected, found NaN, infinity or overflow near %.3f s"
              .formatted(startSeconds + (double) index / Waveform.SAMPLE_RATE_HZ));
    }
  }

  private AudioFormatException error(Reason reason, String detail) {
    return new AudioFormatException(reason, source.name(), detail);
  }

  /** Returns which sample at 16 kHz one at another rate falls on, or nearest to. */
  static long toOutput(long samples, int rateHz) {
    return Math.round((double) samples * Waveform.SAMPLE_RATE_HZ / rateHz);
  }
}
