package dev.serenade.cli.predict;

import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.WriteFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.OptionalDouble;

/**
 * Where outcomes go: each is written whole and at once, so that what is finished survives whatever
 * comes after it.
 *
 * <p>May be closed by another thread, as when the user stops the command: then the outcome that is
 * being written is finished first, and those that come later are dropped.
 */
final class OutcomeSink {

  /** Makes the writer of a format. */
  @FunctionalInterface
  interface Format {
    OutcomeWriter on(Writer out) throws IOException;
  }

  /** What is written at once. */
  @FunctionalInterface
  private interface Writing {
    void run() throws IOException;
  }

  private final String name;
  private final Writer out;
  private final OutcomeWriter outcomes;
  private boolean closed;

  private OutcomeSink(String name, Writer out, OutcomeWriter outcomes) {
    this.name = name;
    this.out = out;
    this.outcomes = outcomes;
  }

  /**
   * Opens a sink.
   *
   * @param name of the target, for messages
   */
  static OutcomeSink open(String name, OutputStream target, Charset charset, Format format)
      throws CannotRunException, BrokenPipeException {
    Writer out = new BufferedWriter(new OutputStreamWriter(target, charset));
    try {
      OutcomeSink sink = new OutcomeSink(name, out, format.on(out));
      out.flush();
      return sink;
    } catch (IOException e) {
      throw WriteFailure.of(name, e);
    }
  }

  /** Writes an outcome. */
  void write(Outcome outcome) throws CannotRunException, BrokenPipeException {
    put(() -> outcomes.write(outcome));
  }

  /** Begins a track whose segments come one by one, see {@link OutcomeWriter#begin}. */
  void begin(Track track, OptionalDouble statedSeconds)
      throws CannotRunException, BrokenPipeException {
    put(() -> outcomes.begin(track, statedSeconds));
  }

  /** Writes the next segment of the track that was begun. */
  void segment(HeardSegment segment) throws CannotRunException, BrokenPipeException {
    put(() -> outcomes.segment(segment));
  }

  /** Writes what else came of the track that was begun. */
  void finish(Outcome outcome) throws CannotRunException, BrokenPipeException {
    put(() -> outcomes.finish(outcome));
  }

  private synchronized void put(Writing writing) throws CannotRunException, BrokenPipeException {
    if (closed) {
      return;
    }
    try {
      writing.run();
      out.flush();
    } catch (IOException e) {
      closed = true;
      throw WriteFailure.of(name, e);
    }
  }

  /** Writes what belongs after the last outcome, and closes the target; does so once. */
  synchronized void close() throws CannotRunException, BrokenPipeException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      outcomes.end();
    } catch (IOException e) {
      throw WriteFailure.of(name, e);
    }
  }
}
