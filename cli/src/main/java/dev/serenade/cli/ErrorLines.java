package dev.serenade.cli;

import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into a line on stderr and an exit code. */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final Terminal terminal;
  private final boolean stackTraces;

  ErrorLines(Terminal terminal, boolean stackTraces) {
    this.terminal = terminal;
    this.stackTraces = stackTraces;
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    terminal.error(String.valueOf(wrong.getMessage()));
    List<String> suggestions =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    terminal.errorLine(
        suggestions.isEmpty()
            ? "Try '" + command + " --help'."
            : "Did you mean %s? Try '%s --help'."
                .formatted(String.join(" or ", suggestions), command));
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    return handleFailure(failure);
  }

  /** Says what went wrong, and returns the exit code. */
  int handleFailure(Exception failure) {
    if (stackTraces) {
      failure.printStackTrace(terminal.errWriter());
    }
    if (failure instanceof BrokenPipeException) {
      return ExitCode.BROKEN_PIPE;
    }
    terminal.error(
        failure instanceof CannotRunException
            ? String.valueOf(failure.getMessage())
            : "internal error: %s (set SERENADE_DEBUG=1 to see where)".formatted(failure));
    return ExitCode.CANNOT_RUN;
  }
}
