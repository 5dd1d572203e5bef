package dev.serenade.cli.console;

import picocli.CommandLine.Option;

/** Whether a command prints for people or for programs. */
public final class FormatOption {

  @Option(
      names = {"-f", "--format"},
      paramLabel = "KIND",
      defaultValue = "table",
      converter = PrintFormat.Words.class,
      description = "What to print: table or json (default: ${DEFAULT-VALUE}).")
  private PrintFormat format = PrintFormat.TABLE;

  /** Returns what to print. */
  public PrintFormat format() {
    return format;
  }
}
