package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avcodec.av_get_exact_bits_per_sample;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;

/**
 * Checks, at the end of the audio, that it is the end its container means.
 *
 * <ul>
 *   <li>Where the header states the length, by that: to the sample for WAV, FLAC and others that
 *       count samples, within 50 ms for others.
 *   <li>By what the container's structure says of the file's end: see {@link ContainerEnd}.
 *   <li>Where neither says anything, as with a WAV written to a pipe, the end of the file is the
 *       end of the audio.
 * </ul>
 */
final class Completeness {

  private static final Set<String> COUNTED =
      Set.of("wav", "w64", "flac", "aiff", "au", "caf", "tta", "wv", "ape");

  private static final double TOLERANCE_SECONDS = 0.05;

  private Completeness() {}

  /** Refuses a recording that ends too soon. */
  static void check(ByteSource source, Container container, FrameReader reader) throws IOException {
    Optional<Lack> lack = find(source, container, reader);
    if (lack.isPresent()) {
      throw new AudioFormatException(lack.get().reason(), source.name(), lack.get().detail());
    }
  }

  /** Returns what is missing at the end, after all frames have been read. */
  static Optional<Lack> find(ByteSource source, Container container, FrameReader reader)
      throws IOException {
    double missing = missingSeconds(container, reader).orElse(0);
    boolean cut = isCut(source, container, reader);
    if (missing > 0) {
      return Optional.of(
          new Lack(
              container.storesPackets() && !cut ? Reason.CORRUPT : Reason.TRUNCATED,
              missing,
              "%.3f s expected by its header, %.3f s of it are missing"
                  .formatted(container.statedSeconds().orElse(0), missing)));
    }
    if (cut) {
      return Optional.of(
          new Lack(
              Reason.TRUNCATED,
              missingWavSeconds(source, container),
              "a whole %s file expected, found it cut off after %.3f s"
                  .formatted(
                      container.formatName(), (double) reader.position() / reader.rateHz())));
    }
    return Optional.empty();
  }

  /**
   * What is missing at the end of a recording.
   *
   * @param missingSeconds how much by the header, 0 if it does not say
   */
  record Lack(Reason reason, double missingSeconds, String detail) {}

  private static boolean isCut(ByteSource source, Container container, FrameReader reader)
      throws IOException {
    return switch (container.formatName()) {
      case "mp3", "aac" ->
          ContainerEnd.isFrameCut(source, reader.packetPosition(), reader.packetBytes());
      // Its index says where the audio is, and what may lack after that is no audio.
      case "mov" -> false;
      default -> ContainerEnd.isCut(source, container.formatName());
    };
  }

  /** Returns how much of the data of a WAV is missing; its length is stated by what is there. */
  private static double missingWavSeconds(ByteSource source, Container container)
      throws IOException {
    long bitsASecond = container.audio().codecpar().bit_rate();
    return container.formatName().equals("wav") && bitsASecond > 0
        ? ContainerEnd.missingWavBytes(source) * (double) Byte.SIZE / bitsASecond
        : 0;
  }

  /** Tells whether the header states a length and all of it has been read. */
  static boolean hasAllStated(Container container, FrameReader reader) {
    OptionalDouble missing = missingSeconds(container, reader);
    return missing.isPresent() && missing.getAsDouble() <= 0;
  }

  /** Returns how much is missing of the stated length, 0 if nothing is, empty if none is stated. */
  private static OptionalDouble missingSeconds(Container container, FrameReader reader) {
    OptionalDouble stated = container.statedSeconds();
    if (stated.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (reader.rateHz() == 0) {
      return stated;
    }
    double missing;
    double tolerance;
    AVCodecParameters parameters = container.audio().codecpar();
    boolean countsSamples =
        av_get_exact_bits_per_sample(parameters.codec_id()) > 0 || reader.isLossless();
    if (COUNTED.contains(container.formatName()) && countsSamples) {
      missing = stated.getAsDouble() - (double) reader.position() / reader.rateHz();
      tolerance = 0.5 / reader.rateHz();
    } else {
      // Decoders drop what encoders padded, so it is the packets' times that must reach the end.
      missing =
          stated.getAsDouble() + Math.max(0, container.startSeconds()) - reader.packetEndSeconds();
      tolerance = container.formatName().equals("mp3") ? 0 : TOLERANCE_SECONDS;
    }
    return OptionalDouble.of(missing > tolerance ? missing : 0);
  }
}
