package dev.serenade.cli;

import dev.serenade.cli.console.Terminal;

/** Starts the command line. */
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its {@link dev.serenade.cli.console.ExitCode}. */
  public static void main(String[] arguments) {
    System.exit(SerenadeCommand.run(Terminal.ofProcess(), arguments));
  }
}
