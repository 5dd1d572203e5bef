package dev.serenade.cli;

import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What a command line gave: the real one, run in this process. */
record CommandRun(int exitCode, String out, String err) {

  /** Streams that are no terminals, as in a script. */
  static final Display SCRIPT = new Display(false, false, 80, StandardCharsets.UTF_8, true, false);

  static CommandRun of(Object... arguments) {
    return of(SCRIPT, new byte[0], arguments);
  }

  static CommandRun of(Display display, byte[] in, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(new ByteArrayInputStream(in), out, err, display);
    int exitCode =
        SerenadeCommand.run(
            terminal, Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    return new CommandRun(
        exitCode, out.toString(display.charset()), err.toString(display.charset()));
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  List<String> errLines() {
    return err.lines().toList();
  }
}
