package dev.serenade.speed;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The most memory that this process has held at any time.
 *
 * <p>Linux knows it ({@code VmHWM} of {@code /proc/self/status}), the weights and what native code
 * holds included. Elsewhere it is the sum of what each of Java's own memory pools held at its
 * highest, which leaves native code out.
 */
final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final long BYTES_PER_KIBIBYTE = 1024;

  private ResidentMemory() {}

  static long peakBytes() {
    try {
      OptionalLong peak = peakBytes(Files.readAllLines(STATUS));
      return peak.orElseGet(ResidentMemory::ofJava);
    } catch (IOException e) {
      return ofJava();
    }
  }

  /** Reads {@code VmHWM: 123456 kB}. */
  static OptionalLong peakBytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIBIBYTE)
        .findFirst();
  }

  private static long ofJava() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
