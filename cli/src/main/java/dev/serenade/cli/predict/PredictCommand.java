package dev.serenade.cli.predict;

import dev.serenade.cli.Version;
import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Timeline;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the emotion of recordings. */
@Command(
    name = "predict",
    description = "Tells the emotion of recordings.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  serenade predict recordings/                  all audio files of a folder",
      "  serenade predict call.mp3 -t                  emotion over the time of a call",
      "  serenade predict clip.wav -e                  why: which moments count",
      "  serenade predict calls/ -r -f csv -o out.csv  a spreadsheet",
      "  serenade predict *.wav -f jsonl               for other programs",
      "  serenade predict calls/ --target-error 0.1    no answer where it may be wrong",
      "  serenade predict calls/ --set 0.9             all emotions that may be right",
      "  ffmpeg ... -f wav - | serenade predict -      from another program",
      "",
      "Results are written one by one as they are known, and those that are finished survive if the"
          + " command is stopped. A recording that fails is reported, and the others are done."
    })
public final class PredictCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Audio or video files; folders, for the audio files in them; or - for standard input.")
  private List<Path> paths = List.of();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "A model file (*.serenade) to use instead of the one that comes with Serenade.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Words.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = {"-t", "--timeline"},
      description = "Also tell the emotion of each part of a recording.")
  private boolean timeline;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description = "How long a part is (default: 4). Needs --timeline.")
  private Optional<Double> windowSeconds = Optional.empty();

  @Option(
      names = "--hop",
      paramLabel = "SECONDS",
      description =
          "From the start of a part to that of the next (default: half of --window). Needs --timeline.")
  private Optional<Double> hopSeconds = Optional.empty();

  @Option(
      names = {"-e", "--explain"},
      description =
          "Also tell what the score owes to which moment: attention, where it says anything, and"
              + " what silence in place of a stretch does to the score. Takes many times as long."
              + " Not with --format csv.")
  private boolean explain;

  @Mixin private DoubtOptions doubtOptions = new DoubtOptions();

  @Option(
      names = {"-r", "--recursive"},
      description = "Look into the folders within folders, too.")
  private boolean recursive;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write results to this file instead of standard output; it is overwritten.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many processors to use (default: all).")
  private Optional<Integer> threads = Optional.empty();

  /** Makes the command. */
  public PredictCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, BrokenPipeException, InterruptedException {
    Optional<Timeline> windows = windows();
    SessionSettings settings = settings();
    if (explain && format == OutputFormat.CSV) {
      throw usage("--explain has no place in csv: use --format json or jsonl");
    }
    doubtOptions.check();
    List<Recording> recordings = Recordings.find(paths, recursive, terminal.in());
    OutcomeTarget target = target();
    // Decoding begins while the model loads.
    try (DecodeAhead decoded = DecodeAhead.start(recordings);
        EmotionRecognizer recognizer = load(settings)) {
      Doubt doubt = doubtOptions.doubt(recognizer.model());
      OutcomeSink sink =
          target.open(format, recognizer.labels(), recordings, timeline, doubt.hasSets());
      return new PredictRun(terminal, target.isShared(format), recordings.size(), sink)
          .run(decoded, new Scoring(recognizer, windows, explain, doubt));
    }
  }

  private OutcomeTarget target() throws CannotRunException {
    if (output.isEmpty()) {
      return OutcomeTarget.stdout(terminal);
    }
    for (Path path : paths) {
      if (isSame(path, output.get())) {
        throw usage("--output would overwrite the recording " + path);
      }
    }
    return OutcomeTarget.file(terminal, output.get());
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isRegularFile(one) && Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<Timeline> windows() {
    if (!timeline) {
      if (windowSeconds.isPresent() || hopSeconds.isPresent()) {
        throw usage("--window and --hop need --timeline");
      }
      return Optional.empty();
    }
    double window = windowSeconds.orElse(Timeline.DEFAULT.windowSeconds());
    try {
      return Optional.of(new Timeline(window, hopSeconds.orElse(window / 2)));
    } catch (IllegalArgumentException e) {
      throw usage("--window, --hop: " + e.getMessage());
    }
  }

  private SessionSettings settings() {
    try {
      return threads.map(SessionSettings::new).orElseGet(SessionSettings::create);
    } catch (IllegalArgumentException e) {
      throw usage("--threads: " + e.getMessage());
    }
  }

  private EmotionRecognizer load(SessionSettings settings) throws CannotRunException {
    try {
      return model.isPresent()
          ? EmotionRecognizer.load(model.get(), settings)
          : EmotionRecognizer.loadDefault(settings);
    } catch (NoSuchFileException e) {
      throw new CannotRunException("no model file " + e.getFile(), e);
    } catch (IOException e) {
      throw cannotLoad(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError e) {
      throw cannotLoad(rootCause(e).toString(), e);
    }
  }

  /** Not every message names the file. */
  private CannotRunException cannotLoad(String reason, Throwable cause) {
    String name = model.map(Path::toString).orElse("the default model");
    return new CannotRunException(
        reason.contains(name)
            ? "cannot load the model: " + reason
            : "cannot load %s: %s".formatted(name, reason),
        cause);
  }

  /** Native libraries that cannot be loaded are reported by the class that wanted to use them. */
  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : rootCause(cause);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
