package dev.serenade.audit;

import java.util.Locale;

/** How much a finding matters to numbers that are made with the corpus; the worst last. */
public enum Severity {
  /** Looked for and not found. */
  OK,
  /** Worth knowing when numbers are read or reported. */
  NOTE,
  /** Numbers may be too good or too bad for this reason; see to it or report it. */
  WARNING,
  /** Numbers on this split do not say how well a model does on new speakers. */
  FATAL;

  /** Returns the name in {@code audit.json}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
