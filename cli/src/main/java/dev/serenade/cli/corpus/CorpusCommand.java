package dev.serenade.cli.corpus;

import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands that look at corpora and compute nothing; by itself it does nothing. */
@Command(
    name = "corpus",
    description = "Lists the corpora that can be read, and shows what is in one.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade corpus list",
      "  serenade corpus show --corpus ravdess --root RAVDESS/",
      "  serenade corpus show --manifest calls.csv --all"
    })
public final class CorpusCommand implements Runnable {

  @Spec private CommandSpec spec;

  private CorpusCommand() {}

  /** Makes the command with those below it. */
  public static CommandLine create(Terminal terminal) {
    CommandLine command = new CommandLine(new CorpusCommand());
    command.addSubcommand(new CorpusListCommand(terminal));
    command.addSubcommand(new CorpusShowCommand(terminal));
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command, list or show");
  }
}
