package dev.serenade.cli.predict;

import java.io.IOException;

/** Writes outcomes one by one, in some format. */
interface OutcomeWriter {

  /** Writes one outcome, whole. */
  void write(Outcome outcome) throws IOException;

  /** Writes what belongs after the last outcome; called once. */
  default void end() throws IOException {}
}
