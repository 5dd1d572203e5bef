package dev.serenade.cli.models;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Text;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.hub.EncoderStore;
import dev.serenade.hub.FileState;
import dev.serenade.hub.StoredEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Compares files with the hashes they had when they were downloaded or written. */
@Command(
    name = "verify",
    description = {
      "Says which files of encoders and models are damaged or missing.",
      "",
      "Compares them with the hashes they had when they were downloaded or written;"
          + " exit code 1 if any differs or is missing. Of encoders without a record, it is"
          + " only checked that they can be opened."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nExamples:%n",
    footer = {"  serenade models verify", "  serenade models verify whisper-small mine.serenade"})
final class ModelsVerifyCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      paramLabel = "NAME|FILE",
      arity = "0..*",
      description = "Encoders that are kept, and model files (default: every encoder).")
  private List<String> names = List.of();

  @Mixin private EncodersOption encoders = new EncodersOption();

  ModelsVerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    PrintWriter out = terminal.outWriter();
    boolean allIntact = true;
    if (names.isEmpty()) {
      for (StoredEncoder encoder : encoders.list()) {
        allIntact &= verify(encoder, out);
      }
    }
    for (String name : names) {
      allIntact &= verify(name, out);
    }
    out.flush();
    return allIntact ? ExitCode.DONE : ExitCode.SOME_FAILED;
  }

  private boolean verify(String name, PrintWriter out) throws CannotRunException {
    if (NamedModel.isOne(name)) {
      return verifyModel(name, out);
    }
    Optional<StoredEncoder> encoder = encoders.find(name);
    if (encoder.isEmpty()) {
      terminal.error(encoders.notThere(name));
      return false;
    }
    return verify(encoder.get(), out);
  }

  private boolean verifyModel(String name, PrintWriter out) {
    try {
      NamedModel.describe(name);
      out.println(Text.printable(name + ": intact"));
      return true;
    } catch (NoSuchFileException e) {
      terminal.error("no file " + e.getFile());
    } catch (IOException e) {
      terminal.error(String.valueOf(e.getMessage()));
    }
    return false;
  }

  private boolean verify(StoredEncoder encoder, PrintWriter out) {
    try {
      Map<String, FileState> states = EncoderStore.verify(encoder);
      if (states.isEmpty()) {
        encoders.locator().open(encoder.path().toString()).close();
        out.println(
            Text.printable(encoder.name() + ": can be opened; there is no record of its hashes"));
        return true;
      }
      boolean intact = states.values().stream().allMatch(FileState.INTACT::equals);
      if (intact) {
        out.println(
            Text.printable("%s: intact, %d files".formatted(encoder.name(), states.size())));
      }
      states.forEach((file, state) -> tell(encoder, file, state));
      return intact;
    } catch (IOException e) {
      terminal.error("%s: %s".formatted(encoder.name(), e.getMessage()));
      return false;
    }
  }

  private void tell(StoredEncoder encoder, String file, FileState state) {
    if (state != FileState.INTACT) {
      String source = encoder.record().map(record -> record.model()).orElse(encoder.name());
      terminal.error(
          "%s: %s is %s; serenade models pull %s --replace downloads it again"
              .formatted(
                  encoder.name(),
                  encoder.path().resolve(file),
                  state.name().toLowerCase(Locale.ROOT),
                  source));
    }
  }
}
