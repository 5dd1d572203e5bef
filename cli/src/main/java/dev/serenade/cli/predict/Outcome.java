package dev.serenade.cli.predict;

/** What came of a track. */
sealed interface Outcome permits Heard, Failed {

  /** Returns what was to be heard. */
  Track track();
}
