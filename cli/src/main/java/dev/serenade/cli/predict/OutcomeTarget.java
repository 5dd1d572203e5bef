package dev.serenade.cli.predict;

import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where results shall go: stdout, or a file, which is not touched before there can be results.
 *
 * @param file empty for stdout
 */
record OutcomeTarget(Terminal terminal, Optional<Path> file) {

  /** Wide enough for any name: what is not read on a terminal is not cut. */
  private static final int UNLIMITED_COLUMNS = 1 << 20;

  static OutcomeTarget stdout(Terminal terminal) {
    return new OutcomeTarget(terminal, Optional.empty());
  }

  /** Returns a target in a file, unless it is already clear that it cannot be written. */
  static OutcomeTarget file(Terminal terminal, Path file) throws CannotRunException {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new CannotRunException("cannot write %s: it is a folder".formatted(file));
    }
    if (folder != null && !Files.isDirectory(folder)) {
      throw new CannotRunException(
          "cannot write %s: there is no folder %s".formatted(file, folder));
    }
    return new OutcomeTarget(terminal, Optional.of(file));
  }

  /** Tells whether results appear on the terminal where messages appear, for people to read. */
  boolean isShared(OutputFormat format) {
    return format == OutputFormat.TABLE && isTerminal() && terminal.display().errIsTerminal();
  }

  private boolean isTerminal() {
    return file.isEmpty() && terminal.display().outIsTerminal();
  }

  /** Opens it, and writes what belongs before the first result. */
  OutcomeSink open(
      OutputFormat format,
      List<String> labels,
      List<Recording> recordings,
      boolean timeline,
      boolean sets)
      throws CannotRunException, BrokenPipeException {
    OutcomeJson json = new OutcomeJson(timeline);
    OutcomeSink.Format writer =
        switch (format) {
          case TABLE ->
              out ->
                  new TableWriter(
                      out,
                      layout(labels, recordings, sets),
                      terminal.display(),
                      file.isEmpty() && terminal.display().colours());
          case JSON -> out -> new JsonWriter(out, json, true);
          case JSONL -> out -> new JsonWriter(out, json, false);
          case CSV -> out -> new CsvWriter(out, labels, timeline, sets);
        };
    // Programs read UTF-8; people read whatever their terminal shows.
    Charset charset =
        format == OutputFormat.TABLE ? terminal.display().charset() : StandardCharsets.UTF_8;
    return OutcomeSink.open(name(), stream(), charset, writer);
  }

  private TableLayout layout(List<String> labels, List<Recording> recordings, boolean sets) {
    int longestName =
        recordings.stream().mapToInt(recording -> Text.width(recording.name())).max().orElse(0);
    Display display = terminal.display();
    return TableLayout.of(
        isTerminal() ? display.columns() : UNLIMITED_COLUMNS, longestName, labels, sets);
  }

  private String name() {
    return file.map(Path::toString).orElse("standard output");
  }

  private OutputStream stream() throws CannotRunException {
    if (file.isEmpty()) {
      return terminal.out();
    }
    try {
      return Files.newOutputStream(file.get());
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(name(), reason(e)), e);
    }
  }

  /** The messages of these exceptions are often the path alone. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : String.valueOf(e.getMessage());
  }
}
