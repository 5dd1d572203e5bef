package dev.serenade.cli.predict;

import dev.serenade.analysis.Doubt;
import dev.serenade.cli.console.BrokenPipeException;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.recognizer.ModelOptions;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.transcription.Transcriber;
import java.io.IOException;
import java.nio.file.Files;
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
      "  serenade predict call.mp3 -t --plot call.svg  and a picture of it",
      "  serenade predict talk.mp4 -f srt -o talk.srt  as captions of a video",
      "  serenade predict call.wav -t --channels split a speaker on each channel",
      "  serenade predict clip.wav -e                  why: which moments count",
      "  serenade predict calls/ -r -f csv -o out.csv  a spreadsheet",
      "  serenade predict call.wav -t --transcribe     words beside emotion",
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
      names = {"-f", "--format"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      converter = OutputFormat.Words.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TABLE;

  @Option(
      names = {"-t", "--timeline"},
      description =
          "Also tell how emotion goes on: stretches of speech with the likeliest emotion of each.")
  private boolean timeline;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description =
          "Draw the timeline to FILE.svg or FILE.png; of several recordings, to a folder of that"
              + " name, an SVG for each.")
  private Optional<Path> plot = Optional.empty();

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description = "How much is heard at a time for a timeline (default: 4).")
  private Optional<Double> windowSeconds = Optional.empty();

  @Option(
      names = "--hop",
      paramLabel = "SECONDS",
      description = "From the start of a window to that of the next (default: half of --window).")
  private Optional<Double> hopSeconds = Optional.empty();

  @Option(
      names = "--channels",
      paramLabel = "mix|split|N",
      defaultValue = "mix",
      converter = Channels.Words.class,
      description =
          "Hear the mean of all channels, each by itself (as in recordings of calls, a speaker on"
              + " each), or channel N only, counted from 1 (default: mix).")
  private Channels channels = Channels.MIX;

  @Option(
      names = {"-e", "--explain"},
      description =
          "Also tell what the score owes to which moment: attention, where it says anything, and"
              + " what silence in place of a stretch does to the score. Takes many times as long."
              + " With --format table, json or jsonl.")
  private boolean explain;

  @Mixin private DoubtOptions doubtOptions = new DoubtOptions();

  @Mixin private TranscribeOptions transcribeOptions = new TranscribeOptions();

  @Option(
      names = {"-r", "--recursive"},
      description = "Look into the folders within folders, too.")
  private boolean recursive;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write results to this file instead of standard output; it is overwritten. With srt, vtt,"
              + " audacity, textgrid or eaf, which have a file for each recording, a folder.")
  private Optional<Path> output = Optional.empty();

  @Mixin private ModelOptions modelOptions = new ModelOptions();

  /** Makes the command. */
  public PredictCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CannotRunException, BrokenPipeException, InterruptedException {
    Optional<TimelineWish> wish = timelineWish();
    modelOptions.check();
    if (explain && (format == OutputFormat.CSV || format.captions().isPresent())) {
      throw usage("--explain has no place in %s: use --format json or jsonl".formatted(format));
    }
    doubtOptions.check();
    transcribeOptions.check(format);
    List<Recording> recordings = Recordings.find(paths, recursive, terminal.in());
    boolean several = recordings.size() > 1 || channels.split();
    OutcomeTarget target = target(several);
    if (plot.isPresent() && several && TimelinePlots.isPicture(plot.get())) {
      throw usage(
          "--plot: of several recordings or channels, a folder expected, found " + plot.get());
    }
    // Decoding begins while the model loads.
    try (DecodeAhead decoded = DecodeAhead.start(recordings, channels, explain);
        EmotionRecognizer recognizer =
            transcribeOptions.isWanted()
                ? modelOptions.loadRememberingWords(transcribeOptions.whisper())
                : modelOptions.load(transcribeOptions.whisper())) {
      Optional<Transcriber> transcriber =
          transcribeOptions.load(recognizer, modelOptions.session());
      try {
        Doubt doubt = doubtOptions.doubt(recognizer.model());
        Scoring scoring = new Scoring(recognizer, wish, explain, doubt, transcriber);
        return run(target, recordings, decoded, scoring);
      } finally {
        transcriber.ifPresent(Transcriber::close);
      }
    }
  }

  private int run(
      OutcomeTarget target, List<Recording> recordings, DecodeAhead decoded, Scoring scoring)
      throws CannotRunException, BrokenPipeException, InterruptedException {
    Optional<TimelinePlots> plots = plots(recordings);
    OutcomeLayout layout =
        new OutcomeLayout(
            format,
            !channels.equals(Channels.MIX),
            writesTimeline(),
            scoring.doubt().hasSets(),
            scoring.transcriber().isPresent());
    OutcomeSink sink = target.open(layout, scoring.recognizer().labels(), recordings);
    return new PredictRun(terminal, target.isShared(format), recordings.size(), sink, plots)
        .run(decoded, scoring);
  }

  private OutcomeTarget target(boolean several) throws CannotRunException {
    boolean captions = format.captions().isPresent();
    if (output.isEmpty()) {
      if (captions && several) {
        throw usage(
            "--format %s has a file for each recording and channel: use --output FOLDER"
                .formatted(format));
      }
      return OutcomeTarget.stdout(terminal);
    }
    refuseToOverwrite("--output", output.get());
    // Of one recording, what has no ending like that of a file is a folder, too.
    boolean folder =
        captions
            && (several
                || Files.isDirectory(output.get())
                || (!Files.exists(output.get())
                    && !output.get().toString().matches(".*\\.[^./\\\\]+")));
    return folder
        ? OutcomeTarget.folder(terminal, output.get())
        : OutcomeTarget.file(terminal, output.get());
  }

  private Optional<TimelinePlots> plots(List<Recording> recordings) throws CannotRunException {
    if (plot.isEmpty()) {
      return Optional.empty();
    }
    refuseToOverwrite("--plot", plot.get());
    return Optional.of(
        TimelinePlots.isPicture(plot.get())
            ? TimelinePlots.in(plot.get())
            : TimelinePlots.in(plot.get(), recordings));
  }

  private void refuseToOverwrite(String option, Path target) {
    for (Path path : paths) {
      if (isSame(path, target)) {
        throw usage("%s would overwrite the recording %s".formatted(option, path));
      }
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isRegularFile(one) && Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean writesTimeline() {
    return timeline || format.captions().isPresent();
  }

  private Optional<TimelineWish> timelineWish() {
    if (!writesTimeline() && plot.isEmpty()) {
      if (windowSeconds.isPresent() || hopSeconds.isPresent()) {
        throw usage("--window and --hop need --timeline");
      }
      return Optional.empty();
    }
    double window = windowSeconds.orElse(Timeline.DEFAULT.windowSeconds());
    try {
      return Optional.of(
          new TimelineWish(
              new Timeline(window, hopSeconds.orElse(window / 2)),
              writesTimeline(),
              plot.isPresent()));
    } catch (IllegalArgumentException e) {
      throw usage("--window, --hop: " + e.getMessage());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
