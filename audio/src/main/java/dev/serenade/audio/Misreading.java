package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;

/** Tells frames that a decoder made of what it misread from those that were recorded. */
final class Misreading {

  /** Louder than this, 18 dB above full scale, a lossy codec only gets from what it misread. */
  private static final float LOUDEST = 8;

  private Misreading() {}

  /**
   * Says what gives a frame away, if anything does.
   *
   * @param judgedByLevel whether a level that cannot have been recorded counts
   */
  static Optional<String> of(AVFrame frame, boolean judgedByLevel) {
    if (frame.decode_error_flags() != 0) {
      return Optional.of("the decoder had to guess");
    }
    return judgedByLevel && isImpossiblyLoud(frame)
        ? Optional.of("decoded to what cannot have been recorded")
        : Optional.empty();
  }

  private static boolean isImpossiblyLoud(AVFrame frame) {
    boolean planar = frame.format() == AV_SAMPLE_FMT_FLTP;
    if (!planar && frame.format() != AV_SAMPLE_FMT_FLT) {
      return false;
    }
    int count = frame.ch_layout().nb_channels();
    for (int plane = 0; plane < (planar ? count : 1); plane++) {
      FloatPointer samples = new FloatPointer(frame.extended_data(plane));
      for (int i = 0; i < frame.nb_samples() * (planar ? 1 : count); i++) {
        if (Math.abs(samples.get(i)) > LOUDEST) {
          return true;
        }
      }
    }
    return false;
  }
}
