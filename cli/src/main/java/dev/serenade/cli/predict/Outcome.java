package dev.serenade.cli.predict;

/** What came of a recording. */
sealed interface Outcome permits Heard, Failed {

  /** Returns the name of the recording. */
  String file();
}
