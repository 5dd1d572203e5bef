package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_codec_is_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.av_codec_iterate;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.javacpp.Pointer;

/** The native library: how it is loaded, and what of it a recording may use. */
final class FFmpeg {

  /**
   * Containers that hold their audio themselves. Playlists (hls, concat, dash, sdp, ...), images,
   * devices and everything else that names other files or addresses is left out.
   */
  static final String CONTAINERS =
      "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dts,eac3,flac,flv,matroska,mov,mp3,mpeg,mpegts,ogg,oma,"
          + "tta,voc,w64,wav,wv";

  /**
   * Names of all audio decoders. With this list FFmpeg never opens a decoder for the pictures or
   * subtitles of a video: they are of no use here, slow, and the larger part of what can be
   * attacked.
   */
  static final String AUDIO_DECODERS;

  static {
    // JavaCPP refuses to allocate when the whole process holds more than twice the Java heap, which
    // an inference engine in the same process easily does.
    if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }
    av_log_set_level(AV_LOG_QUIET);
    StringJoiner names = new StringJoiner(",");
    try (Pointer state = new Pointer()) {
      for (AVCodec codec = av_codec_iterate(state);
          codec != null;
          codec = av_codec_iterate(state)) {
        if (codec.type() == AVMEDIA_TYPE_AUDIO && av_codec_is_decoder(codec) != 0) {
          names.add(codec.name().getString());
        }
      }
    }
    AUDIO_DECODERS = names.toString();
  }

  private FFmpeg() {}

  /** Has the library loaded and set up, if it is not yet. */
  static void load() {
    // The static initialiser did all there is to do.
  }

  /** Returns FFmpeg's words for one of its error codes. */
  static String errorText(int code) {
    byte[] text = new byte[128];
    av_strerror(code, text, text.length);
    String padded = new String(text, StandardCharsets.UTF_8);
    return padded.substring(0, padded.indexOf('\0'));
  }
}
