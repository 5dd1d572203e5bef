package dev.serenade.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one check says.
 *
 * @param check the kind of finding, such as {@code exact-duplicates}; it never changes
 * @param severity how much it matters
 * @param message one sentence: what was found, and where
 * @param advice what it means for the numbers, and what to do; empty if there is nothing to do
 * @param clips those concerned, by their paths as in the manifest; may be empty
 * @param measure what was measured, by name; units are in the names
 */
public record Finding(
    String check,
    Severity severity,
    String message,
    String advice,
    List<String> clips,
    Map<String, Double> measure) {

  public Finding {
    clips = List.copyOf(clips);
    measure = Collections.unmodifiableMap(new LinkedHashMap<>(measure));
    measure.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "%s: a finite %s expected, found %s".formatted(check, name, value));
          }
        });
  }

  /** Returns that a check found nothing to object to. */
  static Finding ok(String check, String message, Map<String, Double> measure) {
    return new Finding(check, Severity.OK, message, "", List.of(), measure);
  }
}
