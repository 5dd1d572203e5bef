package dev.serenade.cli.models;

import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about models as such; by itself it does nothing. */
@Command(
    name = "models",
    description = "Downloads, lists, checks and removes encoders; tells of models.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade models pull openai/whisper-small",
      "  serenade models list",
      "  serenade models card --model default"
    })
public final class ModelsCommand implements Runnable {

  @Spec private CommandSpec spec;

  private ModelsCommand() {}

  /** Makes the command with those below it. */
  public static CommandLine create(Terminal terminal) {
    CommandLine command = new CommandLine(new ModelsCommand());
    command.addSubcommand(new ModelsPullCommand(terminal));
    command.addSubcommand(new ModelsListCommand(terminal));
    command.addSubcommand(new ModelsInfoCommand(terminal));
    command.addSubcommand(new ModelsVerifyCommand(terminal));
    command.addSubcommand(new ModelsRemoveCommand(terminal));
    command.addSubcommand(new ModelsCardCommand(terminal));
    return command;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command, such as pull or list");
  }
}
