package dev.serenade.server.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recording that is kept. */
public final class KeptAudio {

  private final Path file;
  private final AudioContainer container;

  KeptAudio(Path file, AudioContainer container) {
    this.file = file;
    this.container = container;
  }

  boolean exists() {
    return Files.isRegularFile(file);
  }

  /** Returns what kind of file it is. */
  public AudioContainer container() {
    return container;
  }

  /** Returns how many bytes it has. */
  public long size() throws IOException {
    return Files.size(file);
  }

  /** Opens its bytes, from one of them on. It can be read to its end, also if it is deleted. */
  public InputStream open(long offset) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file);
    try {
      return Channels.newInputStream(channel.position(offset));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
