package dev.serenade.cli.predict;

import dev.serenade.cli.console.WordConverter;

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

  /** Reads a format from the command line. */
  static final class Words extends WordConverter<OutputFormat> {
    Words() {
      super(OutputFormat.class);
    }
  }

  @Override
  public String toString() {
    return WordConverter.word(this);
  }
}
