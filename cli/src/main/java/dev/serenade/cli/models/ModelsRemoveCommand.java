package dev.serenade.cli.models;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.hub.StoredEncoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes encoders. */
@Command(
    name = "remove",
    description = {
      "Removes encoders that are kept, after asking.",
      "",
      "Of a link, the link is removed and not what it leads to."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExample:%n",
    footer = "  serenade models remove openai/whisper-small")
final class ModelsRemoveCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "Encoders that are kept.")
  private List<String> names = List.of();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Mixin private EncodersOption encoders = new EncodersOption();

  ModelsRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    if (!yes && !terminal.display().errIsTerminal()) {
      throw new CannotRunException("there is nobody to ask; pass --yes to remove without asking");
    }
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(terminal.in(), terminal.display().charset()));
    boolean allDone = true;
    for (String name : names) {
      allDone &= remove(name, answers);
    }
    return allDone ? ExitCode.DONE : ExitCode.SOME_FAILED;
  }

  private boolean remove(String name, BufferedReader answers) throws CannotRunException {
    Optional<StoredEncoder> encoder = encoders.find(name);
    if (encoder.isEmpty()) {
      terminal.error(encoders.notThere(name));
      return false;
    }
    try {
      if (!yes && !isAgreed(encoder.get(), answers)) {
        terminal.errorLine(name + ": kept");
        return true;
      }
      encoders.store().remove(encoder.get());
      terminal.errorLine("%s: removed %s".formatted(name, encoder.get().path()));
      return true;
    } catch (IOException e) {
      terminal.error("%s: %s".formatted(name, e.getMessage()));
      return false;
    }
  }

  private boolean isAgreed(StoredEncoder encoder, BufferedReader answers) throws IOException {
    terminal.errorLine(
        "Remove %s (%s in %s)? [y/N]"
            .formatted(
                encoder.name(), EncodersOption.megabytes(encoder.sizeBytes()), encoder.path()));
    String answer = answers.readLine();
    return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
