package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_PROP_LOSSLESS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_CRCCHECK;
import static org.bytedeco.ffmpeg.global.avcodec.AV_EF_EXPLODE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Decodes the audio stream of a container, frame by frame, and refuses what is damaged.
 *
 * <p>For one thread.
 */
final class FrameReader implements AutoCloseable {

  /** Time stamps that run ahead of the samples by more than this mean that audio is missing. */
  private static final double GAP_SECONDS = 0.05;

  private final Container container;
  private final AVCodecContext codec;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private boolean started;
  private boolean draining;
  private long origin;
  private long position;
  private double packetEndSeconds;
  private long packetPosition;
  private int packetBytes;
  private int rateHz;
  private int channels;
  private int format;

  private FrameReader(Container container, AVCodec decoder) {
    this.container = container;
    codec = avcodec_alloc_context3(decoder);
  }

  /** Opens the decoder for the container's audio; the container stays the caller's to close. */
  static FrameReader open(Container container) throws IOException {
    int codecId = container.audio().codecpar().codec_id();
    AVCodec decoder = avcodec_find_decoder(codecId);
    if (decoder == null) {
      throw new AudioFormatException(
          Reason.UNSUPPORTED,
          container.name(),
          "no decoder for audio of the kind " + avcodec_get_name(codecId).getString());
    }
    FrameReader reader = new FrameReader(container, decoder);
    try {
      reader.open(decoder);
      return reader;
    } catch (Throwable e) {
      reader.close();
      throw e;
    }
  }

  private void open(AVCodec decoder) throws IOException {
    avcodec_parameters_to_context(codec, container.audio().codecpar());
    codec.pkt_timebase(container.audio().time_base());
    codec.thread_count(1);
    // Lossless formats have checksums that say for sure; decoders of lossy ones call much an error
    // that is in every other file.
    codec.err_recognition(isLossless() ? AV_EF_CRCCHECK | AV_EF_EXPLODE : AV_EF_CRCCHECK);
    int result = avcodec_open2(codec, decoder, new AVDictionary(null));
    if (result < 0) {
      throw new AudioFormatException(
          Reason.UNSUPPORTED,
          container.name(),
          "cannot decode %s audio with these parameters: %s"
              .formatted(decoder.name().getString(), FFmpeg.errorText(result)));
    }
  }

  /** Tells whether the codec gives back exactly what was recorded. */
  boolean isLossless() {
    return (avcodec_descriptor_get(codec.codec_id()).props() & AV_CODEC_PROP_LOSSLESS) != 0;
  }

  /**
   * Moves to the next frame.
   *
   * @return whether there is one
   */
  boolean next() throws IOException {
    position += started ? frame.nb_samples() : 0;
    while (true) {
      int result = avcodec_receive_frame(codec, frame);
      if (result == 0) {
        checkFrame();
        return true;
      }
      if (result == AVERROR_EOF()) {
        return false;
      }
      if (result == AVERROR_EAGAIN()) {
        result = feed();
      }
      if (result < 0) {
        // Whatever follows the audio, such as tags of a kind FFmpeg does not know, is no damage.
        if (Completeness.hasAllStated(container, this)) {
          return false;
        }
        throw damaged(FFmpeg.errorText(result));
      }
    }
  }

  /** Returns the current frame, valid until the next call of {@link #next} or {@link #close}. */
  AVFrame frame() {
    return frame;
  }

  /** Returns how many samples of each channel lie before the current frame. */
  long position() {
    return position;
  }

  /** Returns the time stamp of the end of the last packet read, in seconds. */
  double packetEndSeconds() {
    return packetEndSeconds;
  }

  /** Returns where in the file the last packet was. */
  long packetPosition() {
    return packetPosition;
  }

  /** Returns how many bytes the last packet had. */
  int packetBytes() {
    return packetBytes;
  }

  /** Returns the sampling rate of the frames, in hertz; known after the first. */
  int rateHz() {
    return rateHz;
  }

  /**
   * Jumps near a time if the format allows it, and to the next frame there. Needs a current frame.
   *
   * @return whether there is a current frame that is known to be at or before the time
   */
  boolean seek(double seconds) throws IOException {
    AVRational base = container.audio().time_base();
    if (frame.pts() == AV_NOPTS_VALUE || position != 0) {
      return true;
    }
    if (!container.seek(origin + (long) (seconds * base.den() / base.num()))) {
      return true;
    }
    avcodec_flush_buffers(codec);
    draining = false;
    started = false;
    return next() && started && position <= seconds * rateHz;
  }

  /** Makes the exception for damage met here: cut short if nothing follows, else corrupt. */
  private AudioFormatException damaged(String what) throws IOException {
    double seconds = rateHz == 0 ? 0 : (double) position / rateHz;
    av_packet_unref(packet);
    boolean last = draining || container.read(packet) == AVERROR_EOF();
    if (container.isCut() || (last && !container.storesPackets())) {
      return new AudioFormatException(
          Reason.TRUNCATED,
          container.name(),
          "ends within the audio, after %.3f s: %s".formatted(seconds, what));
    }
    return new AudioFormatException(
        Reason.CORRUPT, container.name(), "damaged at %.3f s: %s".formatted(seconds, what));
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(codec);
  }

  /** Gives the decoder one more packet, or the end; returns 0 or FFmpeg's error code. */
  private int feed() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(container.name() + ": interrupted while decoding");
    }
    int result = container.read(packet);
    if (result == AVERROR_EOF()) {
      draining = true;
      return avcodec_send_packet(codec, null);
    }
    if (result < 0) {
      return result;
    }
    if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0 && !container.formatName().equals("wav")) {
      throw damaged("incomplete packet");
    }
    result = avcodec_send_packet(codec, packet);
    if (result == 0) {
      packetPosition = packet.pos();
      packetBytes = packet.size();
      if (packet.pts() != AV_NOPTS_VALUE) {
        packetEndSeconds = container.toSeconds(packet.pts() + packet.duration());
      }
    }
    av_packet_unref(packet);
    return result;
  }

  private void checkFrame() throws IOException {
    if (frame.decode_error_flags() != 0) {
      throw damaged("the decoder had to guess");
    }
    if (rateHz == 0) {
      rateHz = frame.sample_rate();
      channels = frame.ch_layout().nb_channels();
      format = frame.format();
      origin = frame.pts() == AV_NOPTS_VALUE ? 0 : frame.pts();
      started = true;
    } else if (frame.sample_rate() != rateHz
        || frame.ch_layout().nb_channels() != channels
        || frame.format() != format) {
      throw new AudioFormatException(
          Reason.UNSUPPORTED,
          container.name(),
          "one format throughout expected, found %d Hz and %d channels at first, %d Hz and %d channels at %.3f s"
              .formatted(
                  rateHz,
                  channels,
                  frame.sample_rate(),
                  frame.ch_layout().nb_channels(),
                  (double) position / rateHz));
    }
    if (frame.pts() == AV_NOPTS_VALUE) {
      return;
    }
    long stamped = Math.round(container.toSeconds(frame.pts() - origin) * rateHz);
    if (!started) {
      started = true;
      position = stamped;
    } else if (container.losesPackets() && stamped - position > GAP_SECONDS * rateHz) {
      throw new AudioFormatException(
          Reason.CORRUPT,
          container.name(),
          "damaged at %.3f s: %.3f s of audio are missing"
              .formatted((double) position / rateHz, (double) (stamped - position) / rateHz));
    }
  }
}
