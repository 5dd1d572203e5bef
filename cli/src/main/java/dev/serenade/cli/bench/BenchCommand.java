package dev.serenade.cli.bench;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.cli.console.FormatOption;
import dev.serenade.cli.console.ProgressLine;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.console.WordConverter;
import dev.serenade.cli.recognizer.DeviceOption;
import dev.serenade.cli.recognizer.NamedModel;
import dev.serenade.cli.recognizer.NamedWhisper;
import dev.serenade.cli.recognizer.TranscriberOption;
import dev.serenade.cli.recognizer.WindowWords;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.speed.Machine;
import dev.serenade.speed.SpeechClips;
import dev.serenade.speed.SpeedFigure;
import dev.serenade.speed.SpeedJson;
import dev.serenade.speed.SpeedResult;
import dev.serenade.speed.SpeedRun;
import dev.serenade.speed.SpeedSettings;
import dev.serenade.speed.Subject;
import dev.serenade.whisper.Precision;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.Device;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how fast a model is on this machine. */
@Command(
    name = "bench",
    description = {
      "Measures how fast a model is on this machine.",
      "",
      "Part by part, beside how fast the machine multiplies matrices, which nothing can"
          + " beat that computes as much."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:wrong usage",
      "3:cannot run: a model is missing or damaged, or the picture cannot be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade bench                        the model that comes with Serenade",
      "  serenade bench --quick                a first impression, in seconds",
      "  serenade bench -m mine.serenade --seconds 2,5 --threads 1",
      "  serenade bench --encoder whisper-base --window padded -f json",
      "  serenade bench --plot speed.svg       a picture",
      "",
      "Every case is measured once a round and its best time counts, so that other programs"
          + " disturb little. Clips are real speech, WAV files of 16 kHz. GFLOP/s counts the encoder's"
          + " matrix products, convolutions and attention; rate is its part of what plain products of"
          + " matrices reach, measured in turn with it, and for as much work."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final List<Double> SECONDS = List.of(1.0, 3.0, 10.0, 30.0);
  private static final List<Double> QUICK_SECONDS = List.of(3.0, 30.0);
  private static final List<Integer> BATCHES = List.of(1, 8);
  private static final List<Integer> QUICK_BATCHES = List.of(1);
  private static final int ROUNDS = 7;
  private static final int QUICK_ROUNDS = 3;
  private static final int STARTS = 5;
  private static final int QUICK_STARTS = 2;

  /** How long the clip is that a fresh process recognises. */
  private static final double FIRST_CLIP_SECONDS = 3;

  static final class PrecisionWords extends WordConverter<Precision> {
    PrecisionWords() {
      super(Precision.class);
    }
  }

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description =
          "A model file (*.serenade) to measure instead of the one that comes with Serenade.")
  private Optional<Path> model = Optional.empty();

  @Mixin private TranscriberOption transcriber = new TranscriberOption();

  @Option(
      names = "--encoder",
      paramLabel = "NAME|DIR",
      description =
          "Measure a whole Whisper encoder instead, with an untrained head of the paper on its last"
              + " layer: its folder, or its name as for train.")
  private Optional<String> encoder = Optional.empty();

  @Option(
      names = "--window",
      paramLabel = "MODE",
      converter = WindowWords.class,
      description =
          "What that encoder hears besides the clip: memory, adaptive or padded (default: memory)."
              + " Needs --encoder; a model has its own.")
  private Optional<Window.Mode> window = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      split = ",",
      description = "Lengths of clips, up to 30 (default: 1,3,10,30).")
  private List<Double> seconds = List.of();

  @Option(
      names = "--batches",
      paramLabel = "N",
      split = ",",
      description = "How many clips are done together (default: 1,8).")
  private List<Integer> batches = List.of();

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      split = ",",
      converter = PrecisionWords.class,
      description =
          "In what the encoder computes: fp32, int8, fp16 (default: fp32,int8; on a GPU fp32,fp16).")
  private List<Precision> precisions = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many processors to use (default: all).")
  private Optional<Integer> threads = Optional.empty();

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each case is measured (default: " + ROUNDS + ").")
  private Optional<Integer> rounds = Optional.empty();

  @Option(
      names = "--quick",
      description =
          "Be content with clips of 3 and 30 s, one at a time, in fp32 and "
              + QUICK_ROUNDS
              + " rounds.")
  private boolean quick;

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Also draw milliseconds against the length of the clip, as SVG.")
  private Optional<Path> plot = Optional.empty();

  /** Makes the command. */
  public BenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    SpeedSettings settings = settings();
    device.require();
    if (plot.isPresent()) {
      // Before minutes of work, not after.
      write(plot.get(), "");
    }
    SpeedResult result = measure(settings);
    PrintWriter out = terminal.outWriter();
    switch (format.format()) {
      case TABLE -> SpeedTable.write(result, Machine.current(), out);
      case JSON -> out.print(SpeedJson.of(result, Machine.current(), Version.number()));
    }
    out.flush();
    if (plot.isPresent()) {
      write(plot.get(), SpeedFigure.of(result).standalone());
      terminal.errorLine("plot: " + plot.get());
    }
    return ExitCode.DONE;
  }

  private SpeedSettings settings() {
    if (model.isPresent() && encoder.isPresent()) {
      throw usage("--model and --encoder exclude each other");
    }
    if (transcriber.whisper().name().isPresent() && encoder.isPresent()) {
      throw usage("--transcriber and --encoder exclude each other: an encoder needs no other");
    }
    if (window.isPresent() && encoder.isEmpty()) {
      throw usage("--window needs --encoder: a model has its own");
    }
    try {
      return new SpeedSettings(
          seconds.isEmpty() ? (quick ? QUICK_SECONDS : SECONDS) : seconds,
          batches.isEmpty() ? (quick ? QUICK_BATCHES : BATCHES) : batches,
          precisions.isEmpty() ? precisions() : precisions,
          threads.map(SessionSettings::new).orElseGet(SessionSettings::create).on(device.device()),
          rounds.orElse(quick ? QUICK_ROUNDS : ROUNDS));
    } catch (IllegalArgumentException e) {
      throw usage("--seconds, --batches, --precision, --threads, --rounds: " + e.getMessage());
    }
  }

  private List<Precision> precisions() {
    if (quick) {
      return List.of(Precision.FP32);
    }
    return List.of(
        Precision.FP32,
        device.device().kind() == Device.Kind.CUDA ? Precision.FP16 : Precision.INT8);
  }

  private SpeedResult measure(SpeedSettings settings)
      throws CannotRunException, InterruptedException {
    ProgressLine line = new ProgressLine(terminal, true, SpeedRun.steps(settings));
    int[] done = {0};
    try (Subject subject = subject()) {
      requireFit(settings, subject);
      // Before this process fills the memory that the system keeps files in.
      OptionalDouble startup = startup();
      return SpeedRun.of(subject, settings, next -> line.show(done[0]++, next)).startingIn(startup);
    } catch (IOException e) {
      throw new CannotRunException(e);
    } finally {
      line.erase();
    }
  }

  private void requireFit(SpeedSettings settings, Subject subject) {
    double longest = subject.longestSeconds();
    for (double length : settings.seconds()) {
      if (length > longest) {
        throw usage(
            "--seconds: the encoder hears at most %s s at once, found %s"
                .formatted(longest, length));
      }
    }
  }

  private Subject subject() throws CannotRunException {
    if (encoder.isEmpty()) {
      String name =
          model.map(file -> String.valueOf(file.getFileName())).orElse(NamedModel.DEFAULT);
      return new Subject(name, readModel());
    }
    try {
      Path folder = EncoderLocator.create().locate(encoder.get());
      return Subject.untrained(
          EncoderLocator.nameOf(folder),
          EncoderLocator.create().open(encoder.get()),
          Window.of(window.orElse(Window.Mode.MEMORY)));
    } catch (IOException e) {
      throw new CannotRunException("cannot load the encoder: " + e.getMessage(), e);
    }
  }

  private EmotionModel readModel() throws CannotRunException {
    NamedWhisper whisper = transcriber.whisper();
    EmotionModel read =
        NamedModel.read(model.map(Path::toString).orElse(NamedModel.DEFAULT), whisper.locator());
    whisper.requireUse(read.description());
    return read;
  }

  /** Of the default model where an encoder alone is measured. */
  private OptionalDouble startup() throws IOException, InterruptedException {
    List<String> options = new ArrayList<>();
    model.ifPresent(file -> options.addAll(List.of("--model", file.toString())));
    transcriber
        .whisper()
        .name()
        .ifPresent(whisper -> options.addAll(List.of("--transcriber", whisper)));
    Path clip = Files.createTempFile("serenade-bench", ".wav");
    try {
      Files.write(clip, SpeechClips.wav(SpeechClips.load().ofSeconds(FIRST_CLIP_SECONDS)));
      return StartUp.ofThisProcess().seconds(clip, options, quick ? QUICK_STARTS : STARTS);
    } finally {
      Files.delete(clip);
    }
  }

  private static void write(Path file, String text) throws CannotRunException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(file, e), e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
