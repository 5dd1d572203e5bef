package dev.serenade.cli.tune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Settings that are to be tried.
 *
 * @param number counted from 1, in the order of trials
 * @param origin where they come from: {@code defaults}, {@code guess}, {@code random}, or {@code
 *     near 7}
 * @param settings values by the long names of options without hyphens; only what is searched and
 *     matters
 */
record Candidate(int number, String origin, Map<String, String> settings) {

  static final String DEFAULTS = "defaults";

  Candidate {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** Returns what differs from other settings, for people; the origin if nothing does. */
  String differenceFrom(Map<String, String> usual) {
    String difference =
        settings.entrySet().stream()
            .filter(setting -> !setting.getValue().equals(usual.get(setting.getKey())))
            .map(setting -> setting.getKey() + " " + setting.getValue())
            .collect(Collectors.joining(", "));
    return difference.isEmpty() ? DEFAULTS : difference;
  }
}
