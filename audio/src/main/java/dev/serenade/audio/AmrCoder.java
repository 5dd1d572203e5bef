package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * Sound at 8 kHz through AMR narrow band, the codec of mobile telephones, and back: encoded by
 * OpenCORE, decoded by FFmpeg, both in memory.
 *
 * <p>3GPP TS 26.071. Frames of 20 ms; the coder's delay is taken out.
 *
 * @param kilobits a second, one of the eight rates of AMR
 */
public record AmrCoder(double kilobits) {

  private static final double[] RATES = {4.75, 5.15, 5.9, 6.7, 7.4, 7.95, 10.2, 12.2};
  private static final int RATE_HZ = 8000;
  private static final int FRAME = 160;

  /** By how much what comes out is later than what goes in: 3 ms, measured. */
  private static final int DELAY = 25;

  private static final double FULL_SCALE = 32768;

  /** Checks that there is such a rate. */
  public AmrCoder {
    requireRate(kilobits);
  }

  /**
   * Checks that there is such a rate.
   *
   * @throws IllegalArgumentException if not
   */
  public static void requireRate(double kilobits) {
    if (Arrays.stream(RATES).noneMatch(rate -> rate == kilobits)) {
      throw new IllegalArgumentException(
          "amr: expected one of the rates %s kbit/s, found %s"
              .formatted(Arrays.toString(RATES), kilobits));
    }
  }

  /**
   * Returns what the codec leaves of these samples at 8 kHz, as many as there are; those beyond 1
   * are clipped.
   */
  public float[] code(float[] samples) {
    FFmpeg.load();
    AVCodecContext encoder = open(avcodec_find_encoder_by_name("libopencore_amrnb"));
    AVCodecContext decoder = open(avcodec_find_decoder_by_name("amrnb"));
    AVFrame frame = av_frame_alloc();
    AVPacket packet = av_packet_alloc();
    try {
      int frames = (samples.length + DELAY + FRAME - 1) / FRAME;
      float[] decoded = new float[frames * FRAME];
      int length = 0;
      for (int i = 0; i <= frames; i++) {
        if (i < frames) {
          fill(frame, samples, i * FRAME);
          require(avcodec_send_frame(encoder, frame));
          av_frame_free(frame);
          frame = av_frame_alloc();
        } else {
          require(avcodec_send_frame(encoder, null));
        }
        while (length < decoded.length && avcodec_receive_packet(encoder, packet) >= 0) {
          require(avcodec_send_packet(decoder, packet));
          av_packet_unref(packet);
          length = receive(decoder, decoded, length);
        }
      }
      return Arrays.copyOfRange(decoded, DELAY, DELAY + samples.length);
    } finally {
      av_packet_free(packet);
      av_frame_free(frame);
      avcodec_free_context(encoder);
      avcodec_free_context(decoder);
    }
  }

  private AVCodecContext open(AVCodec codec) {
    if (Pointer.isNull(codec)) {
      throw new IllegalStateException("this FFmpeg has no AMR narrow band");
    }
    AVCodecContext context = avcodec_alloc_context3(codec);
    context.sample_rate(RATE_HZ);
    context.bit_rate(Math.round(1000 * kilobits));
    context.sample_fmt(AV_SAMPLE_FMT_S16);
    av_channel_layout_default(context.ch_layout(), 1);
    require(avcodec_open2(context, codec, (AVDictionary) null));
    return context;
  }

  private static void fill(AVFrame frame, float[] samples, int from) {
    short[] integers = new short[FRAME];
    for (int i = 0; i < FRAME && from + i < samples.length; i++) {
      double value = Math.rint(samples[from + i] * FULL_SCALE);
      integers[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
    frame.format(AV_SAMPLE_FMT_S16);
    frame.sample_rate(RATE_HZ);
    frame.nb_samples(FRAME);
    frame.pts(from);
    av_channel_layout_default(frame.ch_layout(), 1);
    require(av_frame_get_buffer(frame, 0));
    new ShortPointer(frame.data(0)).put(integers);
  }

  private static int receive(AVCodecContext decoder, float[] target, int from) {
    int length = from;
    AVFrame frame = av_frame_alloc();
    try {
      while (length < target.length && avcodec_receive_frame(decoder, frame) >= 0) {
        int count = Math.min(frame.nb_samples(), target.length - length);
        new FloatPointer(frame.data(0)).get(target, length, count);
        length += count;
      }
      return length;
    } finally {
      av_frame_free(frame);
    }
  }

  private static void require(int result) {
    if (result < 0) {
      throw new IllegalStateException("AMR narrow band failed: " + FFmpeg.errorText(result));
    }
  }
}
