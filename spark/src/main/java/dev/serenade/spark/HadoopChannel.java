package dev.serenade.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * A file of any Hadoop file system as a channel. Reads 64 KiB at a time, since decoders ask for
 * little. For one thread.
 */
final class HadoopChannel implements SeekableByteChannel {

  private static final int BUFFER_BYTES = 1 << 16;

  private final FSDataInputStream in;
  private final long size;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferStart;
  private int buffered;
  private long position;
  private boolean open = true;

  /**
   * Reads what a stream holds.
   *
   * @param in closed with the channel
   * @param size how many bytes there are
   */
  HadoopChannel(FSDataInputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= size) {
      return -1;
    }
    if (position < bufferStart || position >= bufferStart + buffered) {
      fill();
    }
    int from = (int) (position - bufferStart);
    int count = Math.min(target.remaining(), buffered - from);
    target.put(buffer, from, count);
    position += count;
    return count;
  }

  private void fill() throws IOException {
    int wanted = (int) Math.min(BUFFER_BYTES, size - position);
    buffered = 0;
    // A plain seek, so that an object store goes on with its open request where it can.
    in.seek(position);
    in.readFully(buffer, 0, wanted);
    bufferStart = position;
    buffered = wanted;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    in.close();
  }
}
