package dev.serenade.audio;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Feeds the bytes of a {@link ByteSource} to FFmpeg, which so never opens anything itself.
 *
 * <p>An exception cannot pass through native code: it is kept, FFmpeg gets an error code, and
 * {@link #checkRead} throws it once we are back. For one thread.
 */
final class NativeInput implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  // A native callback stands for one function, not one object, and only a few can exist: so there
  // is one of each, and the address given as "opaque" tells whose call it is.
  private static final Map<Long, NativeInput> OPEN = new ConcurrentHashMap<>();
  private static final ReadCallback READ = new ReadCallback();
  private static final SeekCallback SEEK = new SeekCallback();

  private final ByteSource source;
  private final Pointer handle;
  private final AVIOContext context;
  private long position;
  private boolean reachedEnd;
  private Optional<IOException> failure = Optional.empty();

  NativeInput(ByteSource source) {
    this.source = source;
    handle = av_malloc(Long.BYTES);
    OPEN.put(handle.address(), this);
    BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES));
    context = avio_alloc_context(buffer, BUFFER_BYTES, 0, handle, READ, null, SEEK);
  }

  /** Returns the context to give to FFmpeg; it lives until {@link #close}. */
  AVIOContext context() {
    return context;
  }

  /** Throws the exception that reading met, if it met one. */
  void checkRead() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Tells whether there was ever a wish to read at or beyond the end of the bytes. */
  boolean reachedEnd() {
    return reachedEnd;
  }

  @Override
  public void close() {
    OPEN.remove(handle.address());
    av_free(context.buffer());
    avio_context_free(context);
    av_free(handle);
  }

  private static NativeInput input(Pointer opaque) {
    return Objects.requireNonNull(OPEN.get(opaque.address()), "input is closed");
  }

  private int read(BytePointer buffer, int capacity) {
    try {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException(source.name() + ": interrupted while reading");
      }
      int count = source.read(buffer.capacity(capacity).asByteBuffer(), position);
      if (count < 0) {
        reachedEnd = true;
        return AVERROR_EOF();
      }
      position += count;
      return count;
    } catch (IOException e) {
      failure = Optional.of(e);
      return AVERROR_EXIT();
    }
  }

  private long seek(long offset, int whence) {
    // 0, 1, 2 are SEEK_SET, SEEK_CUR and SEEK_END of stdio.h.
    long target =
        switch (whence & 0xFFFF) {
          case 0 -> offset;
          case 1 -> position + offset;
          case 2 -> source.size() + offset;
          default -> -1;
        };
    if ((whence & AVSEEK_SIZE) != 0) {
      return source.size();
    }
    if (target < 0) {
      return -1;
    }
    reachedEnd |= target > source.size();
    position = target;
    return target;
  }

  private static final class ReadCallback extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer buffer, int capacity) {
      return input(opaque).read(buffer, capacity);
    }
  }

  private static final class SeekCallback extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      return input(opaque).seek(offset, whence);
    }
  }
}
