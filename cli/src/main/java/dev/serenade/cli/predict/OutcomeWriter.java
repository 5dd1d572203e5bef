package dev.serenade.cli.predict;

import java.io.IOException;
import java.util.OptionalDouble;

/**
 * Writes outcomes one by one, in some format: each whole, or, of a long track, segment by segment
 * as they become known.
 */
interface OutcomeWriter {

  /** Writes one outcome, whole. */
  void write(Outcome outcome) throws IOException;

  /**
   * Begins a track whose segments come one by one; {@link #finish} ends it.
   *
   * @param statedSeconds how long it says it is
   */
  void begin(Track track, OptionalDouble statedSeconds) throws IOException;

  /** Writes the next segment of the track that was begun. */
  void segment(HeardSegment segment) throws IOException;

  /** Writes what else came of the track that was begun; its timeline is empty. */
  void finish(Outcome outcome) throws IOException;

  /**
   * Writes what belongs after the last outcome; called once. If a track was begun and not finished,
   * the command was stopped.
   */
  default void end() throws IOException {}
}
