package dev.serenade.server.http;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A recording that a client has sent. A small one is in memory, a large one in a file that only
 * this object knows; closing it removes it.
 */
public final class Upload implements Closeable {

  private final String name;
  private final byte[] bytes;
  private final Optional<Path> file;

  private Upload(String name, byte[] bytes, Optional<Path> file) {
    this.name = name;
    this.bytes = bytes;
    this.file = file;
  }

  static Upload inMemory(String name, byte[] bytes) {
    return new Upload(name, bytes, Optional.empty());
  }

  static Upload inFile(String name, Path file) {
    return new Upload(name, new byte[0], Optional.of(file));
  }

  /** Returns what the client calls it: for people to read, never a path. */
  public String name() {
    return name;
  }

  /** Returns how many bytes it has. */
  public long size() throws IOException {
    return file.isPresent() ? Files.size(file.get()) : bytes.length;
  }

  /** Opens its bytes. */
  public InputStream openBytes() throws IOException {
    return file.isPresent() ? Files.newInputStream(file.get()) : new ByteArrayInputStream(bytes);
  }

  /** Opens its sound. */
  public AudioReader open(AudioDecoder decoder) throws IOException {
    return file.isPresent() ? decoder.open(file.get()) : decoder.open(bytes, name);
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
