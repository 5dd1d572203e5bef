package dev.serenade.cli.models;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.hub.EncoderStore;
import dev.serenade.hub.StoredEncoder;
import dev.serenade.recognition.model.EncoderLocator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where encoders are kept. */
final class EncodersOption {

  private static final double BYTES_PER_MEGABYTE = 1e6;

  @Option(
      names = "--encoders",
      paramLabel = "DIR",
      description =
          "Where encoders are kept (default: SERENADE_ENCODERS, or ~/.cache/serenade/encoders).")
  private Optional<Path> folder = Optional.empty();

  Path root() {
    return folder.orElseGet(() -> EncoderLocator.create().root());
  }

  EncoderLocator locator() {
    return new EncoderLocator(root());
  }

  EncoderStore store() {
    return new EncoderStore(root());
  }

  List<StoredEncoder> list() throws CannotRunException {
    try {
      return store().list();
    } catch (IOException e) {
      throw new CannotRunException("cannot read %s: %s".formatted(root(), e), e);
    }
  }

  Optional<StoredEncoder> find(String name) throws CannotRunException {
    try {
      return store().find(name);
    } catch (IOException e) {
      throw new CannotRunException("cannot read %s: %s".formatted(root(), e), e);
    }
  }

  String notThere(String name) {
    return "no encoder %s in %s; serenade models list shows what there is".formatted(name, root());
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / BYTES_PER_MEGABYTE);
  }
}
