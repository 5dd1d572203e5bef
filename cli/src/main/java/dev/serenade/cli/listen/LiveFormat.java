package dev.serenade.cli.listen;

import dev.serenade.cli.console.WordConverter;

/** How the emotion of live sound is shown. */
enum LiveFormat {
  /** For people. */
  TABLE,
  /** For programs: one JSON object a line. */
  JSONL;

  /** Reads a format from the command line. */
  static final class Words extends WordConverter<LiveFormat> {
    Words() {
      super(LiveFormat.class);
    }
  }

  @Override
  public String toString() {
    return WordConverter.word(this);
  }
}
