package dev.serenade.cli.config;

import java.nio.file.Path;

/** A configuration file that makes no sense; the message names file and line. */
final class ConfigFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  ConfigFormatException(Path file, String message) {
    super("%s: %s".formatted(file, message));
  }

  ConfigFormatException(Path file, int line, String message) {
    super("%s, line %d: %s".formatted(file, line, message));
  }
}
