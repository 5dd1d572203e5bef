package dev.serenade.cli.console;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Says which Serenade this is, from the manifest of its jar, and what it runs on. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "serenade %s (Java %s, %s %s)"
          .formatted(
              number(),
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }

  /** Returns the number of this version, such as {@code 1.2.0}. */
  public static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
