package dev.serenade.cli.console;

/** How a command ends; part of its contract with scripts. */
public final class ExitCode {

  /** Everything is done. */
  public static final int DONE = 0;

  /** Some inputs failed; the others are done. */
  public static final int SOME_FAILED = 1;

  /** The command line is wrong; nothing was done. */
  public static final int USAGE = 2;

  /** A model or other resource is missing or damaged, or the output cannot be written. */
  public static final int CANNOT_RUN = 3;

  /** Whoever read the output has closed it: 128 + SIGPIPE, as shells report it of any command. */
  public static final int BROKEN_PIPE = 141;

  private ExitCode() {}
}
