package dev.serenade.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What it was measured on.
 *
 * @param processor its name, or the architecture's where the system does not tell
 * @param processors how many there are for this process
 * @param system the operating system
 * @param java the version of Java
 */
public record Machine(String processor, int processors, String system, String java) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String NAME = "model name";

  /** Returns this machine. */
  public static Machine current() {
    return new Machine(
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.version"));
  }

  private static String processorName() {
    String architecture = System.getProperty("os.arch");
    try {
      return Files.readAllLines(PROCESSORS).stream()
          .filter(line -> line.startsWith(NAME))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }
}
