package dev.serenade.cli.listen;

import dev.serenade.audio.Microphone;
import dev.serenade.audio.PcmInput;
import dev.serenade.audio.WaveformStream;
import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.StopSignals;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.console.WriteFailure;
import dev.serenade.cli.recognizer.ModelOptions;
import dev.serenade.cli.recognizer.TranscriberOption;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.timeline.HeardWindow;
import dev.serenade.recognition.timeline.LiveStream;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineUpdate;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells emotion while somebody speaks. */
@Command(
    name = "listen",
    description = {
      "Tells emotion while somebody speaks.",
      "",
      "Hears a microphone, or samples that another program writes."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade listen                               the first microphone",
      "  serenade listen --list-microphones            which microphones there are",
      "  serenade listen --hop 0.5                     twice a second",
      "  arecord -f S16_LE -r 16000 | serenade listen - -f jsonl",
      "",
      "Ctrl-C ends it. What is recorded while this machine is too busy is left out, in whole windows,"
          + " and reported."
    })
public final class ListenCommand implements Callable<Integer> {

  private static final String STDIN = "-";

  /** How long the last words may take to be written after Ctrl-C. */
  private static final long LONGEST_GOODBYE_SECONDS = 10;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "INPUT",
      description =
          "- to hear raw samples on standard input, of 16 bits, signed, little-endian, instead of a"
              + " microphone.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--microphone",
      paramLabel = "NAME",
      description = "The microphone: its name, or a part of it (default: the first).")
  private Optional<String> device = Optional.empty();

  @Option(names = "--list-microphones", description = "List the microphones, and end.")
  private boolean listDevices;

  @Option(
      names = "--rate",
      paramLabel = "HERTZ",
      description = "Samples a second on standard input (default: 16000).")
  private Optional<Integer> rateHz = Optional.empty();

  @Option(
      names = "--channels",
      paramLabel = "N",
      description = "Channels on standard input; their mean is heard (default: 1).")
  private Optional<Integer> channels = Optional.empty();

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      defaultValue = "4",
      description = "How much is heard at a time (default: ${DEFAULT-VALUE}).")
  private double windowSeconds;

  @Option(
      names = "--hop",
      paramLabel = "SECONDS",
      description =
          "From one answer to the next (default: a quarter of --window, but at least 0.1).")
  private Optional<Double> hopSeconds = Optional.empty();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = LiveFormat.Words.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private LiveFormat format = LiveFormat.TABLE;

  @Mixin private ModelOptions modelOptions = new ModelOptions();

  @Mixin private TranscriberOption transcriber = new TranscriberOption();

  /** Makes the command. */
  public ListenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, BrokenPipeException, InterruptedException {
    if (listDevices) {
      return list();
    }
    check();
    Timeline timeline = timeline();
    modelOptions.check();
    try (WaveformStream source = open();
        EmotionRecognizer recognizer = modelOptions.load(transcriber.whisper())) {
      return listen(source, LiveStream.of(recognizer, timeline), recognizer.labels());
    } catch (IOException e) {
      throw new CannotRunException(e);
    }
  }

  private int list() {
    List<String> devices = Microphone.devices();
    if (devices.isEmpty()) {
      terminal.error("this machine has no microphone that Java can use");
      return ExitCode.CANNOT_RUN;
    }
    devices.forEach(terminal.outWriter()::println);
    return ExitCode.DONE;
  }

  private void check() {
    if (input.isPresent() && !input.get().equals(STDIN)) {
      throw usage(
          "expected - for raw samples on standard input, found %s; recordings are for serenade predict"
              .formatted(input.get()));
    }
    if (input.isPresent() && device.isPresent()) {
      throw usage("expected either --microphone or -");
    }
    if (input.isEmpty() && (rateHz.isPresent() || channels.isPresent())) {
      throw usage("--rate and --channels need - for raw samples on standard input");
    }
  }

  private Timeline timeline() {
    try {
      double hop = Math.max(Timeline.SHORTEST_SECONDS, windowSeconds / 4);
      return new Timeline(windowSeconds, hopSeconds.orElse(hop));
    } catch (IllegalArgumentException e) {
      throw usage("--window, --hop: " + e.getMessage());
    }
  }

  private WaveformStream open() throws IOException {
    if (input.isEmpty()) {
      return device.isPresent() ? Microphone.open(device.get()) : Microphone.open();
    }
    try {
      return PcmInput.of(terminal.in(), rateHz.orElse(16_000), channels.orElse(1));
    } catch (IllegalArgumentException e) {
      throw usage("--rate, --channels: " + e.getMessage());
    }
  }

  private int listen(WaveformStream source, LiveStream live, List<String> labels)
      throws CannotRunException, BrokenPipeException, InterruptedException {
    CountDownLatch written = new CountDownLatch(1);
    Recorder recorder = Recorder.start(source, live);
    StopSignals signals =
        StopSignals.handleWith(
            () -> {
              recorder.stop();
              await(written);
            });
    try {
      print(live, labels);
    } catch (IOException e) {
      throw WriteFailure.of("standard output", e);
    } finally {
      written.countDown();
      signals.close();
    }
    if (recorder.failure().isPresent()) {
      throw new CannotRunException(recorder.failure().get());
    }
    return ExitCode.DONE;
  }

  private void print(LiveStream live, List<String> labels)
      throws IOException, InterruptedException {
    boolean forPrograms = format == LiveFormat.JSONL;
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                terminal.out(),
                forPrograms ? StandardCharsets.UTF_8 : terminal.display().charset()));
    LivePrinter printer =
        forPrograms
            ? new JsonLivePrinter(out)
            : new TableLivePrinter(out, labels, terminal.display());
    for (Optional<TimelineUpdate> news = live.next(); news.isPresent(); news = live.next()) {
      printer.print(news.get());
      complainOfDropped(news.get().windows(), printer);
    }
    printer.end();
  }

  private void complainOfDropped(List<HeardWindow> windows, LivePrinter printer)
      throws IOException {
    List<HeardWindow> dropped = windows.stream().filter(HeardWindow::dropped).toList();
    if (!dropped.isEmpty()) {
      printer.end();
      terminal.error(
          String.format(
              Locale.ROOT,
              "too busy: %d windows dropped, from %.1f s to %.1f s",
              dropped.size(),
              dropped.get(0).startSeconds(),
              dropped.get(dropped.size() - 1).endSeconds()));
    }
  }

  private static void await(CountDownLatch written) {
    try {
      written.await(LONGEST_GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
