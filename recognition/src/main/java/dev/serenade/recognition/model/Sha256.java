package dev.serenade.recognition.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Another name of {@link dev.serenade.whisper.tensor.Sha256}, for who knows it by this one. */
public final class Sha256 {

  private Sha256() {}

  /** Returns the hash of these bytes. */
  public static String of(byte[] content) {
    return dev.serenade.whisper.tensor.Sha256.of(content);
  }

  /** Returns the hash of what these files hold, one after the other. */
  public static String of(List<Path> files) throws IOException {
    return dev.serenade.whisper.tensor.Sha256.of(files);
  }
}
