package dev.serenade.cli;

import dev.serenade.cli.audit.AuditCommand;
import dev.serenade.cli.bench.BenchCommand;
import dev.serenade.cli.compare.CompareCommand;
import dev.serenade.cli.config.ConfigArguments;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.corpus.CorpusCommand;
import dev.serenade.cli.corrections.CorrectionsCommand;
import dev.serenade.cli.export.ExportCommand;
import dev.serenade.cli.listen.ListenCommand;
import dev.serenade.cli.models.ModelsCommand;
import dev.serenade.cli.predict.PredictCommand;
import dev.serenade.cli.reproduce.ReproduceCommand;
import dev.serenade.cli.serve.ServeCommand;
import dev.serenade.cli.stress.StressCommand;
import dev.serenade.cli.train.EvaluateCommand;
import dev.serenade.cli.train.ExtractCommand;
import dev.serenade.cli.train.TrainCommand;
import dev.serenade.cli.tune.TuneCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands; by itself it does nothing. */
@Command(
    name = "serenade",
    description = "Recognises emotion in speech.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:some inputs failed, the others are done",
      "2:wrong usage",
      "3:cannot run: a model or other file is missing, damaged or not writable",
      "130:stopped by Ctrl-C; what was finished is written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade predict recordings/",
      "  serenade predict call.mp3 --timeline",
      "  serenade predict --help"
    })
final class SerenadeCommand implements Runnable {

  private static final String COMPLETION = "completion";

  @Spec private CommandSpec spec;

  /** Runs one command line and returns its exit code. */
  static int run(Terminal terminal, String... arguments) {
    ErrorLines errors = new ErrorLines(terminal, System.getenv("SERENADE_DEBUG") != null);
    CommandLine commands = commandLine(terminal, errors, arguments);
    String[] all;
    try {
      all = ConfigArguments.expand(() -> commandLine(terminal, errors, arguments), arguments);
    } catch (ParameterException wrong) {
      return errors.handleParseException(wrong, arguments);
    } catch (CannotRunException failure) {
      return errors.handleFailure(failure);
    }
    return commands.execute(all);
  }

  /** Describes the command that the first argument names, or all of them. */
  static CommandLine commandLine(Terminal terminal, ErrorLines errors, String... arguments) {
    CommandLine commands = new CommandLine(new SerenadeCommand());
    Map<String, Supplier<Object>> all = subcommands(terminal);
    // To describe every command takes as long as to load the model.
    if (arguments.length > 0 && all.containsKey(arguments[0])) {
      all.keySet().retainAll(Set.of(arguments[0]));
    } else {
      all.put(COMPLETION, SerenadeCommand::completion);
      all.put("help", SerenadeCommand::help);
    }
    all.forEach((name, subcommand) -> commands.addSubcommand(name, subcommand.get()));
    return commands
        .setOut(terminal.outWriter())
        .setErr(terminal.errWriter())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(terminal.display().colours() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(Math.max(60, Math.min(100, terminal.display().columns())))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  private static Map<String, Supplier<Object>> subcommands(Terminal terminal) {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("predict", () -> new PredictCommand(terminal));
    all.put("listen", () -> new ListenCommand(terminal));
    all.put("train", () -> new TrainCommand(terminal));
    all.put("evaluate", () -> new EvaluateCommand(terminal));
    all.put("tune", () -> new TuneCommand(terminal));
    all.put("reproduce", () -> new ReproduceCommand(terminal));
    all.put("extract", () -> new ExtractCommand(terminal));
    all.put("export", () -> new ExportCommand(terminal));
    all.put("stress", () -> new StressCommand(terminal));
    all.put("corpus", () -> CorpusCommand.create(terminal));
    all.put("audit", () -> new AuditCommand(terminal));
    all.put("compare", () -> new CompareCommand(terminal));
    all.put("bench", () -> new BenchCommand(terminal));
    all.put("serve", () -> new ServeCommand(terminal));
    all.put("corrections", () -> new CorrectionsCommand(terminal));
    all.put("models", () -> ModelsCommand.create(terminal));
    return all;
  }

  /** The text of picocli speaks of scripts that lie beside the command. */
  private static CommandLine completion() {
    CommandLine completion = new CommandLine(new GenerateCompletion());
    completion
        .getCommandSpec()
        .name(COMPLETION)
        .usageMessage()
        .description("Prints a script that completes command lines in bash and zsh.")
        .footerHeading("%nExample:%n")
        .footer("  source <(serenade completion)");
    return completion;
  }

  /** The text of picocli is broken where it would not be in ours. */
  private static CommandLine help() {
    CommandLine help = new CommandLine(new HelpCommand());
    help.getCommandSpec()
        .usageMessage()
        .header(new String[0])
        .synopsisHeading("Usage: ")
        .description("Shows the help of a command, or of serenade itself.");
    return help;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }
}
