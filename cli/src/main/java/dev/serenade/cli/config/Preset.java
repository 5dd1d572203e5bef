package dev.serenade.cli.config;

import dev.serenade.cli.console.WordConverter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A set of options that go together, by its name: a configuration file that comes with Serenade.
 *
 * <p>What a user or a configuration file says wins over it. Another preset is a constant here and a
 * file {@code NAME.yaml} beside this class.
 */
enum Preset {
  /** Nothing: what the options themselves say. */
  DEFAULT,
  /** What the text of arXiv 2602.06000 says. */
  PAPER,
  /** How EmoBox (Ma et al., Interspeech 2024) trains its heads. */
  EMOBOX,
  /** What was best on speakers that were never heard: docs/results/accuracy.md. */
  BEST;

  static final class Words extends WordConverter<Preset> {
    Words() {
      super(Preset.class);
    }
  }

  /** Returns what it says. */
  ConfigFile file() throws ConfigFormatException {
    String name = WordConverter.word(this) + ".yaml";
    try (InputStream stream = Preset.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return ConfigFile.parse(
          Path.of(name), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
