package dev.serenade.whisper.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Reads a ggml file from its start, through a small buffer, and says at which byte it ends too
 * early.
 */
final class GgmlCursor {

  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final String description;
  private final long size;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  /** Where in the file the buffer's end is. */
  private long filled;

  GgmlCursor(FileChannel channel, String description) throws IOException {
    this.channel = channel;
    this.description = description;
    this.size = channel.size();
  }

  long position() {
    return filled - buffer.remaining();
  }

  boolean atEnd() {
    return position() == size;
  }

  int readInt(String what) throws IOException {
    return buffered(Integer.BYTES, what).getInt();
  }

  /** Reads at most as many bytes as the buffer holds. */
  byte[] readBytes(int count, String what) throws IOException {
    byte[] bytes = new byte[count];
    buffered(count, what).get(bytes);
    return bytes;
  }

  /**
   * Passes over bytes that are there.
   *
   * @throws TensorFormatException if the file ends before
   */
  void skip(long count, String what) throws IOException {
    long start = position();
    if (count < 0 || count > size - start) {
      throw truncated(count, what);
    }
    if (count <= buffer.remaining()) {
      buffer.position(buffer.position() + (int) count);
    } else {
      buffer.limit(0);
      filled = start + count;
    }
  }

  private ByteBuffer buffered(int count, String what) throws IOException {
    if (count > size - position()) {
      throw truncated(count, what);
    }
    if (buffer.remaining() < count) {
      buffer.compact();
      while (buffer.position() < count) {
        int read = channel.read(buffer, filled);
        if (read < 0) {
          throw new TensorFormatException("%s: the file became shorter".formatted(description));
        }
        filled += read;
      }
      buffer.flip();
    }
    return buffer;
  }

  private TensorFormatException truncated(long count, String what) {
    return new TensorFormatException(
        "%s: expected %d bytes of %s at byte %d, but the file ends at byte %d: it is truncated or damaged"
            .formatted(description, count, what, position(), size));
  }
}
