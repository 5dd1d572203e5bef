package dev.serenade.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/**
 * The three streams of a command, and what they can show.
 *
 * @param in stdin
 * @param out stdout, unbuffered; a failed write throws, unlike that of {@link System#out}
 * @param err stderr, unbuffered
 * @param display what they can show
 */
public record Terminal(InputStream in, OutputStream out, OutputStream err, Display display) {

  /** Returns the streams of this process. */
  public static Terminal ofProcess() {
    return new Terminal(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Display.of(System.getProperties(), System.getenv()));
  }

  /** Returns a writer to stdout in its charset that is flushed at the end of each line. */
  public PrintWriter outWriter() {
    return new PrintWriter(new OutputStreamWriter(out, display.charset()), true);
  }

  /** Returns a writer to stderr in its charset that is flushed at the end of each line. */
  public PrintWriter errWriter() {
    return new PrintWriter(new OutputStreamWriter(err, display.charset()), true);
  }

  /** Tells the user what went wrong: {@code serenade: message}. */
  public void error(String message) {
    errorLine("serenade: " + message);
  }

  /** Writes a line to stderr. */
  public void errorLine(String line) {
    writeError(Text.printable(line) + System.lineSeparator());
  }

  /** Writes to stderr, control characters included. */
  void writeError(String text) {
    try {
      err.write(text.getBytes(display.charset()));
      err.flush();
    } catch (IOException e) {
      // There is nobody left to tell.
    }
  }
}
