package dev.serenade.cli.predict;

import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.AudioReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A recording that comes from another program; it is read once, when it is first asked for. */
final class StandardInput implements Recording.Content {

  private final InputStream in;
  private Optional<byte[]> bytes = Optional.empty();

  StandardInput(InputStream in) {
    this.in = in;
  }

  @Override
  public AudioReader open(AudioDecoder decoder) throws IOException {
    if (bytes.isEmpty()) {
      bytes = Optional.of(in.readAllBytes());
    }
    return decoder.open(bytes.get(), "standard input");
  }
}
