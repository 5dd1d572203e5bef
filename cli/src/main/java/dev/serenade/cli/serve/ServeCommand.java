package dev.serenade.cli.serve;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.StopSignals;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.recognizer.ModelOptions;
import dev.serenade.cli.recognizer.TranscriberOption;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.history.HistorySettings;
import dev.serenade.server.http.ApiKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves the page and the API. */
@Command(
    name = "serve",
    description = "Serves a page for people and an HTTP API for programs.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade serve                                 this machine, localhost:8080",
      "  serenade serve --host 0.0.0.0 --keys keys.txt  for others, with keys",
      "  serenade serve --new-key                       a key, its line for keys.txt",
      "  serenade serve --history ~/serenade            keep what was analysed",
      "  curl -F file=@call.wav localhost:8080/v1/analyses",
      "",
      "Ctrl-C or SIGTERM: takes no more work, finishes what was accepted, and ends."
    })
public final class ServeCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "" + ServerSettings.DEFAULT_PORT,
      description = "The port to listen at; 0 for any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen at: 127.0.0.1 for this machine only, 0.0.0.0 for all (default:"
              + " ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "Who may use it: a hash of a key a line, as --new-key prints it; what follows a # is a"
              + " remark (default: everybody).")
  private Optional<Path> keys = Optional.empty();

  @Option(names = "--new-key", description = "Print a new key and its hash, and end.")
  private boolean newKey;

  @Option(
      names = "--check",
      description =
          "Start at a free port, see that all of it answers, and end: to try settings out.")
  private boolean check;

  @Option(
      names = "--cors-origin",
      paramLabel = "ORIGIN",
      description =
          "A page elsewhere that may use this API, such as https://app.example; may be repeated (default:"
              + " none).")
  private List<String> corsOrigins = List.of();

  @Option(
      names = "--history",
      paramLabel = "LOCATION",
      description =
          "Keep analyses and their recordings: in this folder, or in a database,"
              + " jdbc:postgresql://... (default: keep nothing).")
  private Optional<String> history = Optional.empty();

  @Option(
      names = "--history-audio",
      paramLabel = "FOLDER",
      description =
          "Where the recordings are kept; needed with PostgreSQL (default: audio in the folder of"
              + " --history).")
  private Optional<Path> historyAudio = Optional.empty();

  @Option(
      names = "--retention-days",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long they are kept (default: ${DEFAULT-VALUE}).")
  private int retentionDays;

  @Mixin private LimitOptions limits = new LimitOptions();

  @Mixin private ModelOptions modelOptions = new ModelOptions();

  @Mixin private TranscriberOption transcriber = new TranscriberOption();

  /** Makes the command. */
  public ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    if (newKey) {
      String key = ApiKeys.generate();
      terminal.outWriter().println("key:  " + key);
      terminal.outWriter().println("hash: " + ApiKeys.hash(key));
      return ExitCode.DONE;
    }
    modelOptions.check();
    ServerSettings settings = settings();
    if (check) {
      return check(settings);
    }
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (EmotionRecognizer recognizer = modelOptions.load(transcriber.whisper());
        Server server = Server.start(recognizer, settings)) {
      StopSignals signals = StopSignals.handleWith(() -> stop(told, ended));
      try {
        terminal.outWriter().println("listening at " + address(server.port()));
        terminal.outWriter().flush();
        told.await();
      } finally {
        // Whoever says it twice does not want to wait for work to be finished.
        signals.close();
      }
    } catch (IOException e) {
      throw new CannotRunException(String.valueOf(e.getMessage()), e);
    } finally {
      ended.countDown();
    }
    return ExitCode.DONE;
  }

  private int check(ServerSettings settings) throws CannotRunException, InterruptedException {
    try (EmotionRecognizer recognizer = modelOptions.load(transcriber.whisper());
        Server server = Server.start(recognizer, settings.at(host, 0))) {
      String answer = server.check();
      terminal.outWriter().println(answer);
      return ExitCode.DONE;
    } catch (IOException e) {
      throw new CannotRunException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Tells the server, and waits until it has ended: the process ends after this. */
  private void stop(CountDownLatch told, CountDownLatch ended) {
    terminal.errorLine("stopping: what was accepted is finished first");
    told.countDown();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String address(int actualPort) {
    String name = host.equals("127.0.0.1") || host.equals("0.0.0.0") ? "localhost" : host;
    return "http://%s:%d".formatted(name, actualPort);
  }

  private ServerSettings settings() throws CannotRunException {
    try {
      ServerSettings settings =
          ServerSettings.DEFAULT
              .at(host, port)
              .withLimits(limits.limits())
              .withAccess(apiKeys(), corsOrigins)
              .named(modelOptions.name(), Version.number());
      return history.isPresent()
          ? settings.withHistory(HistorySettings.of(history.get(), historyAudio, retentionDays))
          : settings;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private ApiKeys apiKeys() throws CannotRunException {
    if (keys.isEmpty()) {
      return ApiKeys.none();
    }
    try {
      List<String> hashes =
          Files.readAllLines(keys.get()).stream()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .toList();
      if (hashes.isEmpty()) {
        throw new CannotRunException("--keys: %s holds no key".formatted(keys.get()));
      }
      return ApiKeys.ofHashes(hashes);
    } catch (IOException e) {
      throw new CannotRunException("--keys: cannot read " + keys.get(), e);
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("--keys: %s: %s".formatted(keys.get(), e.getMessage()), e);
    }
  }
}
