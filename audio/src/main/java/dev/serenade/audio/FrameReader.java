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
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * Decodes the audio stream of a container, frame by frame, and refuses what is damaged or, if so
 * told, goes on after it.
 *
 * <p>How long damage lasts is told by the time stamp of the frame that follows, where the file has
 * time stamps, and else by how many bytes are missing, at the bytes a frame took so far.
 *
 * <p>For one thread.
 */
final class FrameReader implements AutoCloseable {

  /** Time stamps that run ahead of the samples by more than this mean that audio is missing. */
  private static final double GAP_SECONDS = 0.05;

  /** Where a jump may be meant, as by who recorded a call, what is shorter is no gap. */
  private static final double JUMP_SECONDS = 0.25;

  /** Time stamps and headers may lie: no more silence than this is believed, all of it together. */
  private static final double MOST_MISSING_SECONDS = 24 * 3600;

  /** Sound may begin this much after the length that the header states. */
  private static final double STATED_TOLERANCE_SECONDS = 1;

  /** A demuxer that fails so often in a row, without one packet, will not find any. */
  private static final int MOST_FAILURES = 100;

  private final Container container;
  private final boolean forgiving;
  private final AVCodecContext codec;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private final SoundBytes bytes = new SoundBytes();
  private boolean started;
  private boolean draining;
  private long origin;
  private long position;
  private double packetEndSeconds;
  private int rateHz;
  private int channels;
  private int format;
  private Optional<String> damage = Optional.empty();
  private int failures;
  private long missing;
  private long missingInAll;
  private long packetShift;
  private long soundEndStamp;
  private long readEndStamp;

  private FrameReader(Container container, AVCodec decoder, boolean forgiving) {
    this.container = container;
    this.forgiving = forgiving;
    codec = avcodec_alloc_context3(decoder);
  }

  /** Opens the decoder for the container's audio; the container stays the caller's to close. */
  static FrameReader open(Container container) throws IOException {
    return open(container, false);
  }

  /** Opens a decoder that leaves out what is damaged, and tells of it. */
  static FrameReader openForgiving(Container container) throws IOException {
    return open(container, true);
  }

  private static FrameReader open(Container container, boolean forgiving) throws IOException {
    int codecId = container.audio().codecpar().codec_id();
    AVCodec decoder = avcodec_find_decoder(codecId);
    if (decoder == null) {
      throw new AudioFormatException(
          Reason.UNSUPPORTED,
          container.name(),
          "no decoder for audio of the kind " + avcodec_get_name(codecId).getString());
    }
    FrameReader reader = new FrameReader(container, decoder, forgiving);
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
    missing = 0;
    damage = Optional.empty();
    while (true) {
      int result = avcodec_receive_frame(codec, frame);
      if (result == 0 && isSound()) {
        place();
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
        meetDamage(FFmpeg.errorText(result));
      }
    }
  }

  /** Returns the current frame, valid until the next call of {@link #next} or {@link #close}. */
  AVFrame frame() {
    return frame;
  }

  /** Returns how many samples of each channel are missing right before the current frame. */
  long missing() {
    return missing;
  }

  /** Returns what was met since the last frame and could not be decoded. */
  Optional<String> damage() {
    return damage;
  }

  /** Returns how long what was read after the last frame would be, in seconds, if it were sound. */
  double unheardSeconds() {
    double samples =
        container.statesTimes()
            ? container.toSeconds(readEndStamp - origin) * rateHz - position
            : bytes.unheardSamples();
    return samples > 0 && samples < MOST_MISSING_SECONDS * rateHz ? samples / rateHz : 0;
  }

  /** Returns how many samples of each channel lie before the current frame, missing ones too. */
  long position() {
    return position;
  }

  /** Returns the time stamp of the end of the last packet read, in seconds. */
  double packetEndSeconds() {
    return packetEndSeconds + (packetShift == 0 ? 0 : (double) packetShift / rateHz);
  }

  /** Returns where in the file the last packet was. */
  long packetPosition() {
    return bytes.packetPosition();
  }

  /** Returns how many bytes the last packet had. */
  int packetBytes() {
    return bytes.packetBytes();
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

  /** Notes what cannot be decoded, or refuses the recording for it. */
  private void meetDamage(String what) throws IOException {
    if (!forgiving) {
      throw damaged(what);
    }
    damage = Optional.of(damage.orElse(what));
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
    int result = failures == MOST_FAILURES ? AVERROR_EOF() : container.read(packet);
    if (result == AVERROR_EOF()) {
      draining = true;
      return avcodec_send_packet(codec, null);
    }
    if (result < 0) {
      failures++;
      return result;
    }
    failures = 0;
    bytes.read(packet.pos(), packet.size(), container.readAhead(packet));
    if (packet.pts() != AV_NOPTS_VALUE) {
      readEndStamp = packet.pts() + packet.duration();
    }
    if ((packet.flags() & AV_PKT_FLAG_CORRUPT) != 0 && !container.formatName().equals("wav")) {
      meetDamage("incomplete packet");
      av_packet_unref(packet);
      return 0;
    }
    result = avcodec_send_packet(codec, packet);
    if (result == 0) {
      bytes.decode(packet.pos(), packet.size());
      packetEndSeconds = container.toSeconds(readEndStamp);
    }
    av_packet_unref(packet);
    return result;
  }

  /** Tells whether the frame just decoded is what was recorded, in the format of the first. */
  private boolean isSound() throws IOException {
    Optional<String> misreading = Misreading.of(frame, forgiving && !isLossless());
    if (misreading.isPresent()) {
      meetDamage(misreading.get());
      return false;
    }
    if (rateHz == 0) {
      rateHz = frame.sample_rate();
      channels = frame.ch_layout().nb_channels();
      format = frame.format();
      origin = frame.pts() == AV_NOPTS_VALUE ? 0 : frame.pts();
      if (damage.isPresent() && container.statesTimes()) {
        // What was first could not be decoded, so this is not where the audio starts.
        origin = container.startTime().orElse(origin);
      }
      started = true;
      return true;
    }
    if (frame.sample_rate() == rateHz
        && frame.ch_layout().nb_channels() == channels
        && frame.format() == format) {
      return true;
    }
    String change =
        "one format throughout expected, found %d Hz and %d channels at first, %d Hz and %d channels at %.3f s"
            .formatted(
                rateHz,
                channels,
                frame.sample_rate(),
                frame.ch_layout().nb_channels(),
                (double) position / rateHz);
    if (!forgiving) {
      throw new AudioFormatException(Reason.UNSUPPORTED, container.name(), change);
    }
    meetDamage(change);
    return false;
  }

  /** Finds out where in time the current frame is, and how much is missing before it. */
  private void place() throws IOException {
    boolean stamped = frame.pts() != AV_NOPTS_VALUE;
    long stamp =
        stamped ? Math.round(container.toSeconds(frame.pts() - origin) * rateHz) : position;
    if (!started) {
      started = true;
      position = stamp;
    } else if (damage.isPresent()) {
      skip(
          stamped && container.statesTimes()
              ? stamp - position
              : bytes.missing(frame.nb_samples()));
      packetShift = container.statesTimes() ? 0 : position - stamp;
    } else if (container.losesPackets() && stamp - position > GAP_SECONDS * rateHz) {
      String lack = lack(stamp - position);
      if (!forgiving) {
        throw new AudioFormatException(
            Reason.CORRUPT,
            container.name(),
            "damaged at %.3f s: %s".formatted((double) position / rateHz, lack));
      }
      damage = Optional.of(lack);
      skip(stamp - position);
    } else if (forgiving
        && container.losesClusters()
        && stamp - soundEndStamp > JUMP_SECONDS * rateHz) {
      damage = Optional.of(lack(stamp - soundEndStamp));
      skip(stamp - position);
    }
    bytes.hear(frame.nb_samples());
    soundEndStamp = stamp + frame.nb_samples();
  }

  private String lack(long samples) {
    return "%.3f s of audio are missing".formatted((double) samples / rateHz);
  }

  /** Takes so many samples for missing here, if that can be. */
  private void skip(long samples) {
    double mostSeconds =
        Math.min(
            MOST_MISSING_SECONDS - (double) missingInAll / rateHz,
            container.statedSeconds().orElse(Double.POSITIVE_INFINITY)
                + STATED_TOLERANCE_SECONDS
                - (double) position / rateHz);
    missing = samples > 0 && samples <= mostSeconds * rateHz ? samples : 0;
    missingInAll += missing;
    position += missing;
  }
}
