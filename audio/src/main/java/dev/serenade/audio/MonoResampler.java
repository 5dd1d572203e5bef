package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_double;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_sample_fmt;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;
import static org.bytedeco.ffmpeg.global.swresample.swr_inject_silence;
import static org.bytedeco.ffmpeg.global.swresample.swr_set_matrix;

import java.math.BigInteger;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Makes mono float samples at 16 kHz of decoded frames, with FFmpeg's libswresample.
 *
 * <p>The mean of all channels, or one of them, in float. Audio at 16 kHz is only converted. Other
 * rates go through a polyphase low-pass filter, windowed by Kaiser's window:
 *
 * <pre>{@code
 * half amplitude at   0.97 of the lower Nyquist frequency: 7.76 kHz when the rate is above 16 kHz
 * stop band from      8 kHz, about 90 dB down
 * }</pre>
 *
 * <p>The filter's delay is taken out: output sample n is the sound at n / 16000 s. Beyond both ends
 * the sound is taken to go on mirrored, and one shorter than the filter to be followed by silence.
 *
 * <p>For one thread.
 */
final class MonoResampler implements AutoCloseable {

  private static final int OUTPUT_HZ = Waveform.SAMPLE_RATE_HZ;

  /** Length of the filter, in samples of the lower of the two rates. */
  private static final int FILTER_LENGTH = 192;

  /** Where the filter is half down, as a part of the lower Nyquist frequency. */
  private static final double CUTOFF = 0.97;

  /** Kaiser's beta; 9 puts the side lobes at about -90 dB. */
  private static final double KAISER_BETA = 9;

  /** A filter for more phases than this takes longer to compute than a clip to resample. */
  private static final int MAXIMUM_PHASES = 1024;

  private final SwrContext context = new SwrContext(null);
  private final PointerPointer<FloatPointer> planes = new PointerPointer<>(1);
  private final int filterLength;
  private long accepted;
  private FloatPointer output = new FloatPointer(1 << 13);

  /**
   * Makes a resampler for frames like this one.
   *
   * @param channel which channel to take, counted from 0, or -1 for the mean of all
   */
  MonoResampler(AVFrame frame, int channel) {
    int channels = frame.ch_layout().nb_channels();
    int rateHz = frame.sample_rate();
    try (AVChannelLayout mono = new AVChannelLayout();
        AVChannelLayout layout = new AVChannelLayout()) {
      av_channel_layout_default(mono, 1);
      av_channel_layout_default(layout, channels);
      swr_alloc_set_opts2(
          context, mono, AV_SAMPLE_FMT_FLT, OUTPUT_HZ, layout, frame.format(), rateHz, 0, null);
    }
    av_opt_set_sample_fmt(context, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
    if (channels > 1) {
      double[] weights = new double[channels];
      Arrays.fill(weights, channel < 0 ? 1.0 / channels : 0);
      if (channel >= 0) {
        weights[channel] = 1;
      }
      swr_set_matrix(context, weights, channels);
    }
    filterLength =
        rateHz == OUTPUT_HZ
            ? 0
            : (int) Math.ceil(FILTER_LENGTH * Math.max(1, rateHz / (OUTPUT_HZ * CUTOFF)));
    if (filterLength > 0) {
      setFilter(rateHz);
    }
    if (swr_init(context) < 0) {
      close();
      throw new IllegalStateException(
          "cannot set up resampling from %d Hz and %d channels".formatted(rateHz, channels));
    }
  }

  private void setFilter(int rateHz) {
    // With as many phases as the ratio of the rates has, every output sample falls on one.
    int phases = OUTPUT_HZ / greatestCommonDivisor(rateHz);
    boolean exact = phases <= MAXIMUM_PHASES;
    int shift = 32 - Integer.numberOfLeadingZeros(Math.min(phases, MAXIMUM_PHASES) - 1);
    av_opt_set_int(context, "filter_size", FILTER_LENGTH, 0);
    av_opt_set_int(context, "phase_shift", shift, 0);
    av_opt_set_int(context, "exact_rational", exact ? 1 : 0, 0);
    av_opt_set_int(context, "linear_interp", exact ? 0 : 1, 0);
    av_opt_set_double(context, "cutoff", CUTOFF, 0);
    av_opt_set(context, "filter_type", "kaiser", 0);
    av_opt_set_double(context, "kaiser_beta", KAISER_BETA, 0);
  }

  /**
   * Returns how many input samples there are between two that fall on output samples: the first
   * frame must start at a multiple of it.
   */
  static int alignment(int rateHz) {
    return rateHz / greatestCommonDivisor(rateHz);
  }

  /** Puts silence before the first frame. */
  void startWithSilence(int samples) {
    if (samples > 0) {
      swr_inject_silence(context, samples);
    }
  }

  /** Resamples a frame and appends what comes out. */
  void accept(AVFrame frame, SampleSink target) {
    accepted += frame.nb_samples();
    convert(frame.extended_data(), frame.nb_samples(), target);
  }

  /**
   * Takes silence where frames are missing, and appends what comes out.
   *
   * @param samples how many of each channel, at the rate of the frames
   * @param like a frame of the recording
   */
  void acceptSilence(int samples, AVFrame like, SampleSink target) {
    accepted += samples;
    swr_inject_silence(context, samples);
    // No samples but a place where they would be: without one it would be the end.
    convert(like.extended_data(), 0, target);
  }

  /** Appends what the filter still holds once all frames are in. */
  void drain(SampleSink target) {
    if (accepted < filterLength) {
      swr_inject_silence(context, filterLength);
    }
    convert(new PointerPointer<>((Pointer) null), 0, target);
  }

  @Override
  public void close() {
    swr_free(context);
    planes.close();
    output.close();
  }

  private void convert(PointerPointer<?> input, int count, SampleSink target) {
    int capacity = swr_get_out_samples(context, count);
    if (capacity > output.capacity()) {
      output.close();
      output = new FloatPointer(2L * capacity);
    }
    planes.put(0, output);
    int converted = swr_convert(context, planes, (int) output.capacity(), input, count);
    if (converted < 0) {
      throw new IllegalStateException("resampling failed: " + FFmpeg.errorText(converted));
    }
    target.append(output, converted);
  }

  private static int greatestCommonDivisor(int rateHz) {
    return BigInteger.valueOf(rateHz).gcd(BigInteger.valueOf(OUTPUT_HZ)).intValue();
  }
}
