package dev.serenade.cli.corrections;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.OutputFolder;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.server.history.CorrectionExport;
import dev.serenade.server.history.History;
import dev.serenade.server.history.HistorySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exports what people corrected, to train on. */
@Command(
    name = "corrections",
    description = {
      "Exports what people corrected in the history of a server.",
      "",
      "Writes a manifest, corrections.csv, and the recordings. The server may run" + " meanwhile."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade corrections --history ~/serenade --out corrected/",
      "  serenade train --init default --manifest corrected/corrections.csv \\",
      "      --epochs 12 --lr 3e-4 --out better.serenade",
      "",
      "Where no speaker was named, the name of the analysis stands for one: each such clip counts"
          + " as somebody else's."
    })
public final class CorrectionsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--history",
      required = true,
      paramLabel = "LOCATION",
      description = "The history, as it is named for serve: a folder, or jdbc:postgresql://...")
  private String history = "";

  @Option(
      names = "--history-audio",
      paramLabel = "FOLDER",
      description =
          "Where its recordings are, as serve has it (default: audio in the folder of --history).")
  private Optional<Path> historyAudio = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FOLDER",
      description =
          "Where to put corrections.csv and clips/; what lies there under the same names is"
              + " replaced.")
  private Path out = Path.of("");

  /** Makes the command. */
  public CorrectionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    HistorySettings settings = settings();
    try (History kept = History.openExisting(settings)) {
      OutputFolder.requireWritable(out);
      CorrectionExport.Summary exported = CorrectionExport.toFolder(kept, out);
      terminal
          .outWriter()
          .println(
              "%s: %s"
                  .formatted(
                      out.resolve(CorrectionExport.MANIFEST), clips(exported.clips(), "clip")));
      if (exported.missing() > 0) {
        terminal.errorLine(
            "%s: left out, as the recording is gone"
                .formatted(clips(exported.missing(), "correction")));
        return ExitCode.SOME_FAILED;
      }
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new CannotRunException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String clips(int count, String what) {
    return count == 1 ? "1 " + what : "%d %ss".formatted(count, what);
  }

  private HistorySettings settings() {
    try {
      return HistorySettings.of(history, historyAudio, HistorySettings.USUAL_DAYS);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
