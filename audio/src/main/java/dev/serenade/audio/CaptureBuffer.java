package dev.serenade.audio;

import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;

/**
 * Bytes on their way from a thread that records to one that reads, bounded.
 *
 * <p>Who reads so slowly that the buffer is full loses what is recorded until it has read all that
 * waits; zeros, which are silence, stand for it, so that time stays right.
 *
 * <p>Safe for use by one thread that puts, one that reads, and any that end it.
 */
final class CaptureBuffer extends InputStream {

  private final byte[] ring;
  private int start;
  private int held;
  private long lostWaiting;
  private long lost;
  private boolean ended;

  CaptureBuffer(int capacity) {
    ring = new byte[capacity];
  }

  /** Adds recorded bytes at the end, or counts them as lost. */
  synchronized void put(byte[] bytes, int count) {
    if (lostWaiting > 0 || held + count > ring.length) {
      lostWaiting += count;
      lost += count;
    } else {
      int end = (start + held) % ring.length;
      int first = Math.min(count, ring.length - end);
      System.arraycopy(bytes, 0, ring, end, first);
      System.arraycopy(bytes, first, ring, 0, count - first);
      held += count;
    }
    notifyAll();
  }

  /** Lets the reader come to the end once it has read all that waits. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Returns how many bytes had no room. */
  synchronized long lost() {
    return lost;
  }

  @Override
  public int read() throws InterruptedIOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public synchronized int read(byte[] target, int offset, int length)
      throws InterruptedIOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (held == 0 && lostWaiting == 0 && !ended) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted while recording").initCause(e);
    }
    if (held > 0) {
      int count = Math.min(length, Math.min(held, ring.length - start));
      System.arraycopy(ring, start, target, offset, count);
      start = (start + count) % ring.length;
      held -= count;
      return count;
    }
    if (lostWaiting > 0) {
      int count = (int) Math.min(length, lostWaiting);
      Arrays.fill(target, offset, offset + count, (byte) 0);
      lostWaiting -= count;
      return count;
    }
    return -1;
  }
}
