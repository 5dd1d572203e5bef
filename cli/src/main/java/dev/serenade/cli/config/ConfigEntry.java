package dev.serenade.cli.config;

import java.util.List;

/**
 * A line of a configuration file, and those below it that belong to it.
 *
 * @param key the long name of an option, without hyphens before it
 * @param line counted from 1
 * @param values as they are written; one, unless it is a list
 * @param isList whether it is a list
 */
record ConfigEntry(String key, int line, List<String> values, boolean isList) {

  ConfigEntry {
    values = List.copyOf(values);
  }
}
