package dev.serenade.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Looks in the bytes for signs that a file was cut off, for containers whose demuxer does not tell.
 */
final class ContainerEnd {

  private static final int OGG_CAPTURE = 0x4F676753; // "OggS"
  private static final int OGG_HEADER_BYTES = 27;
  private static final int OGG_FLAGS_OFFSET = 5;
  private static final int OGG_LAST_PAGE_FLAG = 4;

  /** The longest Ogg page, header, lacing and body (RFC 3533, section 6). */
  private static final int OGG_PAGE_BYTES = 27 + 255 + 255 * 255;

  private static final int RIFF64 = 0x52463634; // "RF64"
  private static final int RIFF64_DATA_SIZE_OFFSET = 28;
  private static final int DATA_CHUNK = 0x64617461; // "data"

  /**
   * A WAV that states no bytes of data, or more than 2 GiB, was written to a pipe by a program that
   * could not go back to fill in the length. SoX writes 0x7FFFF000 and a bit, others 0xFFFFFFFF
   * less their header.
   */
  private static final long PIPED_WAV_BYTES = 0x7FFF0000L;

  private static final int EBML_HEADER = 0x1A45DFA3;
  private static final int MATROSKA_SEGMENT = 0x18538067;

  /** Bit rates of MPEG 1 and MPEG 2 layer III by header index, in kbit/s (ISO 11172-3, 13818-3). */
  private static final int[] MPEG1_KILOBITS = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };

  private static final int[] MPEG2_KILOBITS = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };

  private static final int[] MPEG1_RATES_HZ = {44_100, 48_000, 32_000};

  private ContainerEnd() {}

  /** Tells whether a file of this format says that it is longer than it is. */
  static boolean isCut(ByteSource source, String formatName) throws IOException {
    return switch (formatName) {
      case "wav" -> missingWavBytes(source) > 0;
      case "ogg" -> !isLastOggPageWhole(source);
      case "matroska" -> isMatroskaSegmentCut(source);
      case "avi" -> isRiffCut(source);
      case "mov" -> isMovieBoxCut(source);
      default -> false;
    };
  }

  /** Returns by how many bytes the data chunk of a WAV says that it is longer than it is. */
  static long missingWavBytes(ByteSource source) throws IOException {
    ByteBuffer header = read(source, 0, 36);
    long position = 12;
    while (position + 8 <= source.size()) {
      ByteBuffer chunk = read(source, position, 8);
      if (chunk.remaining() < 8) {
        return 0;
      }
      boolean data = chunk.getInt() == DATA_CHUNK;
      long size = Integer.toUnsignedLong(chunk.order(ByteOrder.LITTLE_ENDIAN).getInt());
      position += 8;
      if (data && header.getInt(0) == RIFF64) {
        // The chunk ds64 comes first, and holds the sizes of the file and of the data.
        size = header.order(ByteOrder.LITTLE_ENDIAN).getLong(RIFF64_DATA_SIZE_OFFSET);
        return Math.max(0, size - (source.size() - position));
      }
      if (data) {
        return size < PIPED_WAV_BYTES ? Math.max(0, size - (source.size() - position)) : 0;
      }
      position += size + (size & 1);
    }
    return 0;
  }

  /** Tells whether the last Ogg page is whole and marked as the last of its stream. */
  private static boolean isLastOggPageWhole(ByteSource source) throws IOException {
    long offset = Math.max(0, source.size() - OGG_PAGE_BYTES);
    ByteBuffer tail = read(source, offset, OGG_PAGE_BYTES);
    for (int page = tail.limit() - OGG_HEADER_BYTES; page >= 0; page--) {
      if (tail.getInt(page) == OGG_CAPTURE) {
        return (tail.get(page + OGG_FLAGS_OFFSET) & OGG_LAST_PAGE_FLAG) != 0
            && oggPageEnd(tail, page) <= tail.limit();
      }
    }
    return false;
  }

  private static int oggPageEnd(ByteBuffer bytes, int page) {
    int segments = Byte.toUnsignedInt(bytes.get(page + OGG_HEADER_BYTES - 1));
    int end = page + OGG_HEADER_BYTES + segments;
    for (int i = 0; i < segments && page + OGG_HEADER_BYTES + i < bytes.limit(); i++) {
      end += Byte.toUnsignedInt(bytes.get(page + OGG_HEADER_BYTES + i));
    }
    return end;
  }

  /** Tells whether a Matroska or WebM segment says it is longer than the file. */
  private static boolean isMatroskaSegmentCut(ByteSource source) throws IOException {
    ByteBuffer bytes = read(source, 0, 1 << 12);
    if (bytes.remaining() < 12 || bytes.getInt() != EBML_HEADER) {
      return false;
    }
    long headerEnd = ebmlSize(bytes) + bytes.position();
    if (headerEnd > bytes.limit() - 12) {
      return false;
    }
    bytes.position((int) headerEnd);
    if (bytes.getInt() != MATROSKA_SEGMENT) {
      return false;
    }
    long size = ebmlSize(bytes);
    return size >= 0 && bytes.position() + size > source.size();
  }

  /** Reads an EBML variable-length size (RFC 8794, section 4), -1 if it says unknown. */
  private static long ebmlSize(ByteBuffer bytes) {
    int first = Byte.toUnsignedInt(bytes.get());
    int extra = Integer.numberOfLeadingZeros(first) - 24;
    if (extra > 7) {
      return -1;
    }
    long size = first & (0x7F >> extra);
    for (int i = 0; i < extra; i++) {
      size = (size << 8) | Byte.toUnsignedInt(bytes.get());
    }
    return size == (1L << (7 * (extra + 1))) - 1 ? -1 : size;
  }

  /** Tells whether a RIFF file says it is longer than it is; 0 and -1 stand for unknown. */
  private static boolean isRiffCut(ByteSource source) throws IOException {
    ByteBuffer bytes = read(source, 0, 8).order(ByteOrder.LITTLE_ENDIAN);
    long size = bytes.remaining() < 8 ? 0 : Integer.toUnsignedLong(bytes.getInt(4));
    return size != 0 && size != 0xFFFF_FFFFL && size + 8 > source.size();
  }

  /** Tells whether one of the outermost boxes of an MP4 file ends beyond it (ISO 14496-12, 4.2). */
  private static boolean isMovieBoxCut(ByteSource source) throws IOException {
    long position = 0;
    while (position < source.size()) {
      ByteBuffer box = read(source, position, 16);
      if (box.remaining() < 8) {
        return true;
      }
      long size = Integer.toUnsignedLong(box.getInt(0));
      if (size == 1 && box.remaining() == 16) {
        size = box.getLong(8);
      }
      if (size < 8) {
        // 0 stands for "up to the end of the file"; anything else is no box.
        return false;
      }
      position += Math.min(size, source.size() + 1);
      if (position > source.size()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether an MP3 or AAC stream without a container ends within a frame.
   *
   * @param last position of the last packet
   * @param size bytes of the last packet
   */
  static boolean isFrameCut(ByteSource source, long last, int size) throws IOException {
    ByteBuffer rest = read(source, last + size, 4);
    // Anything else that follows is a tag, or does not matter.
    if (rest.remaining() >= 2 && (rest.getShort() & 0xFFE0) == 0xFFE0) {
      return true;
    }
    ByteBuffer header = read(source, last, 4);
    return header.remaining() == 4 && mp3FrameBytes(header.getInt()) > size;
  }

  /** Returns the length of an MPEG layer III frame in bytes, 0 if the header is of another kind. */
  private static int mp3FrameBytes(int header) {
    int version = (header >> 19) & 3;
    int layer = (header >> 17) & 3;
    int bitRate = (header >> 12) & 15;
    int rate = (header >> 10) & 3;
    int padding = (header >> 9) & 1;
    if (header >>> 21 != 0x7FF || version == 1 || layer != 1 || bitRate == 15 || rate == 3) {
      return 0;
    }
    return switch (version) {
      case 3 -> 144_000 * MPEG1_KILOBITS[bitRate] / MPEG1_RATES_HZ[rate] + padding;
      case 2 -> 72_000 * MPEG2_KILOBITS[bitRate] / (MPEG1_RATES_HZ[rate] / 2) + padding;
      default -> 72_000 * MPEG2_KILOBITS[bitRate] / (MPEG1_RATES_HZ[rate] / 4) + padding;
    };
  }

  /** Reads up to so many bytes from a position on; the buffer is ready to be read. */
  private static ByteBuffer read(ByteSource source, long position, int count) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate((int) Math.max(0, Math.min(count, source.size() - position)));
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = source.read(bytes, position + bytes.position());
    }
    return bytes.flip();
  }
}
