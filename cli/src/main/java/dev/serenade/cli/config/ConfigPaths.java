package dev.serenade.cli.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values that are paths: in a configuration file they are relative to its folder, on the command
 * line to the working directory.
 *
 * @param folder that of the configuration file
 */
record ConfigPaths(Path folder) {

  /** What an option is called that takes a path or a name; a name is no path. */
  private static final Pattern PATH_OR_NAME = Pattern.compile("\\b(FILE|DIR)\\b");

  /** How a protocol begins that goes on with a folder. */
  private static final String EMOBOX = "emobox:";

  ConfigPaths {
    folder = folder.toAbsolutePath().normalize();
  }

  static ConfigPaths beside(Path file) {
    return new ConfigPaths(Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file));
  }

  /** Returns the value for the command line of what is in the file. */
  String fromFile(OptionSpec option, String value) {
    if (value.startsWith(EMOBOX)) {
      return EMOBOX + folder.resolve(value.substring(EMOBOX.length())).normalize();
    }
    if (isPath(option)) {
      return folder.resolve(value).normalize().toString();
    }
    return isExisting(option, folder, value) ? folder.resolve(value).normalize().toString() : value;
  }

  /**
   * Returns the value for the file of what was on the command line: relative to the file where it
   * lies below the file's folder, absolute elsewhere.
   */
  Object toFile(OptionSpec option, Object value) {
    if (value instanceof Path path) {
      return written(path);
    }
    if (value instanceof String text) {
      if (text.startsWith(EMOBOX)) {
        return EMOBOX + written(Path.of(text.substring(EMOBOX.length())));
      }
      return isExisting(option, Path.of(""), text) ? written(Path.of(text)) : text;
    }
    return value;
  }

  private String written(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    if (absolute.equals(folder)) {
      return ".";
    }
    return absolute.startsWith(folder)
        ? folder.relativize(absolute).toString().replace('\\', '/')
        : absolute.toString();
  }

  private static boolean isPath(OptionSpec option) {
    return Arrays.asList(option.auxiliaryTypes()).contains(Path.class);
  }

  private static boolean isExisting(OptionSpec option, Path folder, String value) {
    try {
      return PATH_OR_NAME.matcher(option.paramLabel()).find()
          && Files.exists(folder.resolve(value));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
