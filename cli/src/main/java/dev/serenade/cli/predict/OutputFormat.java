package dev.serenade.cli.predict;

import java.util.Locale;

/** How results are written. */
enum OutputFormat {
  /** For people. */
  TABLE,
  /** One JSON array. */
  JSON,
  /** One JSON object a line. */
  JSONL,
  /** RFC 4180. */
  CSV;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
