package dev.serenade.cli.predict;

import dev.serenade.analysis.caption.CaptionFormat;
import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Display;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Text;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where results shall go: stdout, a file, which is not touched before there can be results, or a
 * folder with a file for each track.
 *
 * @param file empty for stdout or a folder
 * @param folder empty for stdout or a file
 */
record OutcomeTarget(Terminal terminal, Optional<Path> file, Optional<Path> folder) {

  /** Wide enough for any name: what is not read on a terminal is not cut. */
  private static final int UNLIMITED_COLUMNS = 1 << 20;

  static OutcomeTarget stdout(Terminal terminal) {
    return new OutcomeTarget(terminal, Optional.empty(), Optional.empty());
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
    return new OutcomeTarget(terminal, Optional.of(file), Optional.empty());
  }

  /** Returns a target in a folder, unless it is already clear that there cannot be one. */
  static OutcomeTarget folder(Terminal terminal, Path folder) throws CannotRunException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new CannotRunException("cannot write into %s: it is no folder".formatted(folder));
    }
    return new OutcomeTarget(terminal, Optional.empty(), Optional.of(folder));
  }

  /** Tells whether results appear on the terminal where messages appear, for people to read. */
  boolean isShared(OutputFormat format) {
    return format == OutputFormat.TABLE && isTerminal() && terminal.display().errIsTerminal();
  }

  private boolean isTerminal() {
    return file.isEmpty() && folder.isEmpty() && terminal.display().outIsTerminal();
  }

  /** Opens it, and writes what belongs before the first result. */
  OutcomeSink open(OutcomeLayout layout, List<String> labels, List<Recording> recordings)
      throws CannotRunException, BrokenPipeException {
    OutcomeJson json = new OutcomeJson(layout.timeline());
    OutputFormat format = layout.format();
    OutcomeSink.Format writer =
        switch (format) {
          case TABLE ->
              out ->
                  new TableWriter(
                      out,
                      table(labels, recordings, layout),
                      terminal.display(),
                      file.isEmpty() && terminal.display().colours());
          case JSON -> out -> new JsonWriter(out, json, true);
          case JSONL -> out -> new JsonWriter(out, json, false);
          case CSV -> out -> new CsvWriter(out, labels, layout);
          case SRT, VTT, AUDACITY, TEXTGRID, EAF -> captions(format, recordings);
        };
    // Programs read UTF-8; people read whatever their terminal shows.
    Charset charset =
        format == OutputFormat.TABLE ? terminal.display().charset() : StandardCharsets.UTF_8;
    return OutcomeSink.open(name(), stream(), charset, writer);
  }

  private OutcomeSink.Format captions(OutputFormat format, List<Recording> recordings)
      throws CannotRunException {
    CaptionFormat captions = format.captions().orElseThrow();
    if (folder.isEmpty()) {
      return out -> new CaptionsWriter(captions, track -> new Unclosed(out));
    }
    TrackFiles files = TrackFiles.in(folder.get(), recordings);
    return out ->
        new CaptionsWriter(
            captions, track -> Files.newBufferedWriter(files.of(track, captions.extension())));
  }

  /** A writer that may be closed before that which it writes to. */
  private static final class Unclosed extends FilterWriter {
    Unclosed(Writer out) {
      super(out);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private TableLayout table(List<String> labels, List<Recording> recordings, OutcomeLayout layout) {
    // A channel has a number of one digit, or the names of a few are cut.
    int channel = layout.channels() ? Track.channel("", 1).name().length() : 0;
    int longestName =
        channel
            + recordings.stream()
                .mapToInt(recording -> Text.width(recording.name()))
                .max()
                .orElse(0);
    Display display = terminal.display();
    return TableLayout.of(
        isTerminal() ? display.columns() : UNLIMITED_COLUMNS, longestName, labels, layout.sets());
  }

  private String name() {
    return file.or(() -> folder).map(Path::toString).orElse("standard output");
  }

  private OutputStream stream() throws CannotRunException {
    if (folder.isPresent()) {
      return OutputStream.nullOutputStream();
    }
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
