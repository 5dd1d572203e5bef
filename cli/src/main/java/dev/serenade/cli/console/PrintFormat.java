package dev.serenade.cli.console;

/** What a command prints: for people or for programs. */
public enum PrintFormat {
  /** For people. */
  TABLE,
  /** For programs. */
  JSON;

  /** Reads one from the command line. */
  public static final class Words extends WordConverter<PrintFormat> {
    /** Makes the converter. */
    public Words() {
      super(PrintFormat.class);
    }
  }
}
