package dev.serenade.audio;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalDouble;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;

/**
 * Checks at the end of the audio that it ended where its container says.
 *
 * <ul>
 *   <li>By the length in the header, where there is one: exactly where samples are counted (WAV,
 *       FLAC, ...), within a few frames where a lossy codec pads.
 *   <li>By the mark on the last page (Ogg).
 *   <li>A WAV of a length of 0 or of 2 GiB and more was written to a pipe, by a program that could
 *       not go back to fill in the length: it is read to its end, and nothing can be told.
 * </ul>
 */
final class Completeness {

  private static final Set<String> COUNTED =
      Set.of("wav", "w64", "flac", "aiff", "au", "caf", "tta", "wv", "ape");

  private static final double LOSSY_TOLERANCE_SECONDS = 0.1;
  private static final int LOSSY_TOLERANCE_FRAMES = 3;

  /** SoX writes 0x7FFFF000 or a bit more, others 0xFFFFFFFF and the like. */
  private static final double PIPED_WAV_BYTES = 0x7FFF0000L;

  /** An Ogg page is at most this long: 27 + 255 + 255 * 255 bytes (RFC 3533, section 6). */
  private static final int OGG_PAGE_BYTES = 65_307;

  private static final byte[] OGG_CAPTURE = {'O', 'g', 'g', 'S'};
  private static final int OGG_FLAGS_OFFSET = 5;
  private static final int OGG_LAST_PAGE = 4;

  private Completeness() {}

  static void check(ByteSource source, Container container, FrameReader reader) throws IOException {
    checkStatedLength(container, reader);
    if (container.formatName().equals("ogg") && !endsWithLastPage(source)) {
      throw new AudioFormatException(
          Reason.TRUNCATED, source.name(), "a page marked as last expected at the end, found none");
    }
  }

  private static void checkStatedLength(Container container, FrameReader reader)
      throws AudioFormatException {
    OptionalDouble stated = container.statedSeconds();
    if (stated.isEmpty()) {
      return;
    }
    double seconds = stated.getAsDouble();
    int rateHz = reader.rateHz();
    AVCodecParameters parameters = container.audio().codecpar();
    if (container.formatName().equals("wav")
        && seconds * rateHz * parameters.block_align() >= PIPED_WAV_BYTES) {
      return;
    }
    double tolerance =
        COUNTED.contains(container.formatName()) && reader.isLossless()
            ? 0.5 / rateHz
            : LOSSY_TOLERANCE_SECONDS
                + (double) LOSSY_TOLERANCE_FRAMES * parameters.frame_size() / rateHz;
    double found = (double) reader.position() / rateHz;
    if (seconds - found > tolerance) {
      throw new AudioFormatException(
          Reason.TRUNCATED,
          container.name(),
          "%.3f s expected by its header, found %.3f s".formatted(seconds, found));
    }
  }

  private static boolean endsWithLastPage(ByteSource source) throws IOException {
    long offset = Math.max(0, source.size() - OGG_PAGE_BYTES);
    ByteBuffer tail = ByteBuffer.allocate((int) (source.size() - offset));
    while (tail.hasRemaining() && source.read(tail, offset + tail.position()) > 0) {}
    for (int page = tail.position() - OGG_FLAGS_OFFSET - 1; page >= 0; page--) {
      if (tail.slice(page, OGG_CAPTURE.length).equals(ByteBuffer.wrap(OGG_CAPTURE))) {
        return (tail.get(page + OGG_FLAGS_OFFSET) & OGG_LAST_PAGE) != 0;
      }
    }
    return false;
  }
}
