package dev.serenade.server.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;

/** A request's body, of which no more is read than is allowed, for no longer than is allowed. */
final class LimitedInput extends FilterInputStream {

  private final long mostBytes;
  private final Duration mostTime;
  private final long start = System.nanoTime();
  private long count;

  LimitedInput(InputStream in, long mostBytes, Duration mostTime) {
    super(in);
    this.mostBytes = mostBytes;
    this.mostTime = mostTime;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int some = super.read(target, offset, length);
    count += Math.max(0, some);
    if (count > mostBytes) {
      throw tooLarge(mostBytes);
    }
    if (System.nanoTime() - start > mostTime.toNanos()) {
      throw new ProblemException(
          408,
          "upload-timeout",
          "expected the upload within %d s, found %d bytes by then"
              .formatted(mostTime.toSeconds(), count));
    }
    return some;
  }

  @Override
  public long skip(long bytes) throws IOException {
    return in.skip(0);
  }

  static ProblemException tooLarge(long mostBytes) {
    return new ProblemException(
        413,
        "too-large",
        String.format(Locale.ROOT, "expected a body of at most %,d bytes, found more", mostBytes));
  }
}
