package dev.serenade.audio;

import dev.serenade.audio.AudioFormatException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes of one recording, readable from any position. */
sealed interface ByteSource extends Closeable {

  /** Opens a regular file. */
  static ByteSource of(Path path) throws IOException {
    String name = path.toString();
    if (Files.notExists(path)) {
      throw new AudioFormatException(Reason.NOT_FOUND, name, "no such file");
    }
    if (!Files.isRegularFile(path)) {
      String found = Files.isDirectory(path) ? "a directory" : "something else";
      throw new AudioFormatException(
          Reason.UNREADABLE, name, "a regular file expected, found " + found);
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new OpenFile(name, channel, channel.size());
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new AudioFormatException(Reason.NOT_FOUND, name, "no such file", e);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Returns these bytes, which must not change while they are read. */
  static ByteSource of(byte[] bytes, String name) {
    return new InMemory(name, bytes);
  }

  /** Returns what a channel holds, wherever it comes from; its size is taken once. */
  static ByteSource of(SeekableByteChannel content, String name) throws IOException {
    try {
      return new OpenChannel(name, content, content.size());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static IOException unreadable(String name, IOException cause) {
    // The channel is closed by an interrupt, and the thread stays interrupted.
    return cause instanceof ClosedByInterruptException
        ? new InterruptedIOException(name + ": interrupted while reading")
        : new AudioFormatException(Reason.UNREADABLE, name, "cannot be read: " + cause, cause);
  }

  /** Returns the name for messages. */
  String name();

  /** Returns how many bytes there are. */
  long size();

  /**
   * Reads some bytes into a buffer that has room.
   *
   * @return how many were read, at least 1, or -1 at the end
   */
  int read(ByteBuffer target, long position) throws IOException;

  /** A file's bytes; its size is taken once, so a file that grows is read as it was. */
  record OpenFile(String name, FileChannel channel, long size) implements ByteSource {

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      if (position >= size) {
        return -1;
      }
      target.limit(target.position() + (int) Math.min(target.remaining(), size - position));
      try {
        return channel.read(target, position);
      } catch (IOException e) {
        throw unreadable(name, e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** What a channel holds, read from one position after the other. */
  record OpenChannel(String name, SeekableByteChannel channel, long size) implements ByteSource {

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      if (position >= size) {
        return -1;
      }
      target.limit(target.position() + (int) Math.min(target.remaining(), size - position));
      try {
        channel.position(position);
        return channel.read(target);
      } catch (IOException e) {
        throw unreadable(name, e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Bytes that are in memory already. */
  final class InMemory implements ByteSource {

    private final String name;
    private final byte[] bytes;

    private InMemory(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(ByteBuffer target, long position) {
      if (position >= bytes.length) {
        return -1;
      }
      int count = (int) Math.min(target.remaining(), bytes.length - position);
      target.put(bytes, (int) position, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
