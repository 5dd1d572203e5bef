package dev.serenade.cli.models;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.TransferLine;
import dev.serenade.cli.console.Version;
import dev.serenade.hub.HubSettings;
import dev.serenade.hub.ModelPull;
import dev.serenade.hub.PullProgress;
import dev.serenade.hub.Pulled;
import dev.serenade.hub.RepositoryName;
import dev.serenade.whisper.EncoderWeights;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads an encoder. */
@Command(
    name = "pull",
    description = {
      "Downloads a Whisper model, for --encoder of train and others.",
      "",
      "A download that broke off goes on where it was when the command is given again;"
          + " every file is checked against the hash that the hub lists."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade models pull openai/whisper-small",
      "  serenade models pull openai/whisper-small --endpoint https://mirror.example",
      "",
      "HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE, HTTPS_PROXY and NO_PROXY are heeded."
    })
final class ModelsPullCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      description = "Its name on the hub; without an owner it is one of OpenAI's.")
  private String name = "";

  @Option(
      names = "--revision",
      paramLabel = "REVISION",
      defaultValue = "main",
      description = "A branch, tag or commit (default: ${DEFAULT-VALUE}).")
  private String revision = "main";

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "A mirror to download from (default: HF_ENDPOINT, or the hub itself).")
  private Optional<String> endpoint = Optional.empty();

  @Option(
      names = "--proxy",
      paramLabel = "URL",
      description = "The proxy to go through (default: HTTPS_PROXY).")
  private Optional<String> proxy = Optional.empty();

  @Option(
      names = "--replace",
      description = "Replace what is there under this name, once the new one is whole.")
  private boolean replace;

  @Mixin private EncodersOption encoders = new EncodersOption();

  ModelsPullCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException {
    RepositoryName repository;
    ModelPull pull;
    try {
      repository = RepositoryName.parse(name);
      pull = new ModelPull(settings(), encoders.root());
    } catch (IllegalArgumentException e) {
      throw usage(e);
    }
    TransferLine line = new TransferLine(terminal);
    try {
      Pulled pulled = pull.pull(repository, revision, replace, progress(line));
      line.erase();
      report(repository, pulled);
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw usage(e);
    } catch (IOException e) {
      throw new CannotRunException(e);
    } finally {
      line.erase();
    }
  }

  private HubSettings settings() throws CannotRunException {
    HubSettings settings;
    try {
      settings = HubSettings.of(System.getenv());
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("HF_ENDPOINT or HTTPS_PROXY: " + e.getMessage(), e);
    }
    if (endpoint.isPresent()) {
      settings = settings.withEndpoint(endpoint.get());
    }
    return proxy.isPresent() ? settings.withProxy(proxy.get()) : settings;
  }

  private PullProgress progress(TransferLine line) {
    return new PullProgress() {
      @Override
      public void at(String file, long doneBytes, long totalBytes) {
        line.show(file, doneBytes, totalBytes);
      }

      @Override
      public void note(String text) {
        line.erase();
        terminal.errorLine(text);
      }
    };
  }

  private void report(RepositoryName repository, Pulled pulled) throws IOException {
    terminal
        .outWriter()
        .printf(
            "%s: %s%s in %s, revision %s%n",
            repository,
            pulled.wasThere() ? "there already, " : "",
            EncodersOption.megabytes(pulled.sizeBytes()),
            pulled.folder(),
            pulled.record().revision());
    if (EncoderWeights.isAdapter(pulled.folder())) {
      terminal.errorLine(
          "it adapts %s, which is needed too".formatted(EncoderWeights.baseOf(pulled.folder())));
    }
  }

  private ParameterException usage(IllegalArgumentException wrong) {
    return new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
  }
}
