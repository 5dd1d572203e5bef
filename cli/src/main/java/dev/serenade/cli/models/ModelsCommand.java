package dev.serenade.cli.models;

import dev.serenade.cli.Version;
import dev.serenade.cli.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about models as such; by itself it does nothing. */
@Command(
    name = "models",
    description = "Says what is known of a model.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  serenade models card --model default")
public final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  private ModelsCommand() {}

  /** Makes the command with those below it. */
  public static CommandLine create(Terminal terminal) {
    CommandLine command = new CommandLine(new ModelsCommand());
    command.addSubcommand(new ModelsCardCommand(terminal));
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command, card");
  }
}
