package dev.serenade.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Says which Serenade this is, from the manifest of its jar, and what it runs on. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {
      "serenade %s (Java %s, %s %s)"
          .formatted(
              version,
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"))
    };
  }
}
