package dev.serenade.cli.console;

import java.io.IOException;

/** What it means for a command that results cannot be written. */
public final class WriteFailure {

  private WriteFailure() {}

  /**
   * Returns the reason to end with.
   *
   * @param name of what was written to
   * @throws BrokenPipeException if whoever read the output has closed it
   */
  public static CannotRunException of(String name, IOException e) throws BrokenPipeException {
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("Broken pipe")) {
      throw new BrokenPipeException(e);
    }
    return new CannotRunException("cannot write %s: %s".formatted(name, reason), e);
  }
}
