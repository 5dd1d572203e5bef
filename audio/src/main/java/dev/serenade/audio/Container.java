package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_probe_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avio_tell;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext.Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVProbeData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** An opened file format and the one audio stream in it that is read. For one thread. */
final class Container implements AutoCloseable {

  /** Containers in which a jump gives true times; in others times after a jump are estimates. */
  private static final Set<String> SEEKABLE =
      Set.of("wav", "w64", "flac", "aiff", "caf", "au", "mov", "matroska", "ogg");

  private static final Set<String> STORES_PACKETS =
      Set.of("mov", "matroska", "ogg", "avi", "asf", "flv");

  private static final Set<String> STATES_TIMES =
      Set.of("mov", "matroska", "ogg", "asf", "flv", "avi", "flac", "mpeg", "mpegts");

  private static final int PROBE_BYTES = 1 << 12;

  private static final RefuseToOpen REFUSE_TO_OPEN = new RefuseToOpen();

  private final ByteSource source;
  private final NativeInput input;
  private final AVFormatContext context;
  private AVStream audio = new AVStream(null);
  private OptionalDouble statedSeconds = OptionalDouble.empty();

  private Container(ByteSource source) {
    this.source = source;
    input = new NativeInput(source);
    context = avformat_alloc_context();
  }

  static Container open(ByteSource source) throws IOException {
    Container container = new Container(source);
    try {
      container.open();
      return container;
    } catch (Throwable e) {
      container.close();
      throw e;
    }
  }

  private void open() throws IOException {
    context.pb(input.context());
    context.io_open(REFUSE_TO_OPEN);
    av_opt_set(context, "protocol_whitelist", "none", 0);
    av_opt_set(context, "format_whitelist", FFmpeg.CONTAINERS, 0);
    av_opt_set(context, "codec_whitelist", FFmpeg.AUDIO_DECODERS, 0);
    // FFmpeg looks for DTS hidden in WAVs, which takes far longer than to decode the clip.
    av_opt_set_int(context, "max_probe_packets", 1, 0);
    av_opt_set(context, "err_detect", "crccheck", 0);
    int result = avformat_open_input(context, (String) null, null, new AVDictionary(null));
    input.checkRead();
    if (result < 0) {
      throw notOpened(result);
    }
    // Taken now, because looking at the streams replaces it by guesses.
    List<OptionalDouble> durations = headerDurations();
    avformat_find_stream_info(context, (PointerPointer<?>) null);
    input.checkRead();
    int index = av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    if (index < 0) {
      if (isCut()) {
        throw cutInHeader(context.iformat());
      }
      throw new AudioFormatException(
          Reason.NO_AUDIO_STREAM,
          name(),
          "an audio stream expected, found none among the %d streams of this %s file"
              .formatted(context.nb_streams(), formatName()));
    }
    for (int i = 0; i < context.nb_streams(); i++) {
      if (i != index) {
        context.streams(i).discard(AVDISCARD_ALL);
      }
    }
    audio = context.streams(index);
    statedSeconds = index < durations.size() ? durations.get(index) : OptionalDouble.empty();
  }

  private List<OptionalDouble> headerDurations() {
    List<OptionalDouble> durations = new ArrayList<>();
    for (int i = 0; i < context.nb_streams(); i++) {
      AVStream stream = context.streams(i);
      if (stream.duration() != AV_NOPTS_VALUE && stream.duration() > 0) {
        durations.add(OptionalDouble.of(toSeconds(stream, stream.duration())));
      } else if (context.nb_streams() == 1 && context.duration() > 0) {
        // Of the whole file, so of the audio only where there is nothing else.
        durations.add(OptionalDouble.of((double) context.duration() / AV_TIME_BASE));
      } else {
        durations.add(OptionalDouble.empty());
      }
    }
    return durations;
  }

  String name() {
    return source.name();
  }

  /** Returns FFmpeg's first name of the format, such as "wav" or "mov". */
  String formatName() {
    return firstName(context.iformat());
  }

  AVStream audio() {
    return audio;
  }

  /** Returns how long the audio is by the header, in seconds, if the header says so. */
  OptionalDouble statedSeconds() {
    return statedSeconds;
  }

  /** Returns the time stamp at which the audio starts, in seconds; 0 if it is not said. */
  double startSeconds() {
    return audio.start_time() == AV_NOPTS_VALUE ? 0 : toSeconds(audio.start_time());
  }

  /** Returns the time stamp at which the audio starts, if it is said, whatever is damaged there. */
  OptionalLong startTime() {
    if (formatName().equals("flac")) {
      // Its frames are counted from 0, and FFmpeg takes the first that it finds for the start.
      return OptionalLong.of(0);
    }
    return audio.start_time() == AV_NOPTS_VALUE
        ? OptionalLong.empty()
        : OptionalLong.of(audio.start_time());
  }

  /** Converts a time stamp of the audio stream to seconds. */
  double toSeconds(long timestamp) {
    return toSeconds(audio, timestamp);
  }

  private static double toSeconds(AVStream stream, long timestamp) {
    AVRational base = stream.time_base();
    return (double) timestamp * base.num() / base.den();
  }

  /** Tells whether the file says that it is longer than it is. */
  boolean isCut() throws IOException {
    return ContainerEnd.isCut(source, formatName());
  }

  /** Tells whether packets come as they were stored, not cut out of a stream by a parser. */
  boolean storesPackets() {
    return STORES_PACKETS.contains(formatName());
  }

  /**
   * Tells whether the time stamps are the file's own, so that they are right after damage; in
   * others FFmpeg counts what it finds.
   */
  boolean statesTimes() {
    return STATES_TIMES.contains(formatName());
  }

  /**
   * Returns how far reading is ahead of the end of a packet, in bytes: of ADTS, whose demuxer skips
   * what is no frame without counting it, 0 for others.
   */
  long readAhead(AVPacket packet) {
    return formatName().equals("aac")
        ? Math.max(0, avio_tell(context.pb()) - packet.pos() - packet.size())
        : 0;
  }

  /** Tells whether damaged packets are left out without a word. */
  boolean losesPackets() {
    return formatName().equals("ogg");
  }

  /**
   * Tells whether many packets at once may be left out so, though its time stamps may jump, too.
   */
  boolean losesClusters() {
    return formatName().equals("matroska");
  }

  /**
   * Reads the next packet of the audio stream.
   *
   * @return 0, or FFmpeg's error code, which is AVERROR_EOF at the end
   */
  int read(AVPacket packet) throws IOException {
    int result = av_read_frame(context, packet);
    while (result == 0 && packet.stream_index() != audio.index()) {
      av_packet_unref(packet);
      result = av_read_frame(context, packet);
    }
    input.checkRead();
    return result;
  }

  /** Jumps to or before a time stamp of the audio stream; tells whether it did. */
  boolean seek(long timestamp) throws IOException {
    boolean done =
        SEEKABLE.contains(formatName())
            && av_seek_frame(context, audio.index(), timestamp, AVSEEK_FLAG_BACKWARD) >= 0;
    input.checkRead();
    return done;
  }

  @Override
  public void close() {
    avformat_close_input(context);
    input.close();
  }

  private AudioFormatException notOpened(int result) throws IOException {
    Optional<AVInputFormat> format = probe();
    if (format.isEmpty()) {
      return new AudioFormatException(
          Reason.NOT_AUDIO, name(), "audio expected, found no known audio or video format");
    }
    String found = format.get().long_name().getString();
    if (!List.of(FFmpeg.CONTAINERS.split(",")).contains(firstName(format.get()))) {
      return new AudioFormatException(
          Reason.NOT_AUDIO, name(), "audio expected, found what looks like " + found);
    }
    if (input.reachedEnd() || ContainerEnd.isCut(source, firstName(format.get()))) {
      return new AudioFormatException(
          Reason.TRUNCATED,
          name(),
          "cut off: ends before a complete header of the format " + found);
    }
    return new AudioFormatException(
        Reason.CORRUPT,
        name(),
        "looks like %s, but its header is damaged: %s".formatted(found, FFmpeg.errorText(result)));
  }

  private AudioFormatException cutInHeader(AVInputFormat format) {
    return new AudioFormatException(
        Reason.TRUNCATED,
        name(),
        "a complete header expected, found a file of the format %s that was cut off"
            .formatted(format.long_name().getString()));
  }

  private Optional<AVInputFormat> probe() throws IOException {
    // FFmpeg wants 32 zero bytes after the data.
    try (BytePointer bytes = new BytePointer(PROBE_BYTES + 32L).zero();
        BytePointer noName = new BytePointer("");
        AVProbeData data = new AVProbeData()) {
      ByteBuffer target = bytes.asByteBuffer().limit(PROBE_BYTES);
      source.read(target, 0);
      data.filename(noName).buf(bytes).buf_size(target.position());
      return Optional.ofNullable(av_probe_input_format(data, 1));
    }
  }

  private static String firstName(AVInputFormat format) {
    return format.name().getString().split(",", 2)[0];
  }

  /** Answers every wish of a demuxer to open another file or address with an error. */
  private static final class RefuseToOpen
      extends Io_open_AVFormatContext_PointerPointer_BytePointer_int_PointerPointer {
    @Override
    @SuppressWarnings("rawtypes") // as the binding declares it
    public int call(
        AVFormatContext context,
        PointerPointer target,
        BytePointer address,
        int flags,
        PointerPointer options) {
      return AVERROR_EXIT();
    }
  }
}
