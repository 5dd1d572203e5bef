package dev.serenade.spark;

import dev.serenade.analysis.DoubtException;
import dev.serenade.analysis.DoubtWish;
import dev.serenade.recognition.PrecisionChoice;
import dev.serenade.recognition.timeline.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options of the job; see {@link #scoring} for what is checked. */
final class JobOptions {

  /** Enough for each task to be worth its start, few enough for little to be done again. */
  private static final int MOST_FILES = 1000;

  private static final int PARTS_PER_CORE = 4;

  static final class PrecisionWords implements ITypeConverter<PrecisionChoice> {
    @Override
    public PrecisionChoice convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "fp32" -> PrecisionChoice.FP32;
        case "int8" -> PrecisionChoice.INT8;
        default ->
            throw new TypeConversionException("expected fp32 or int8, found '" + value + "'");
      };
    }
  }

  @Option(
      names = {"-i", "--input"},
      paramLabel = "DIR",
      description = "A folder of recordings, folders within it included, or a pattern of them.")
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--paths",
      paramLabel = "TABLE",
      description =
          "Or a table that names recordings: .csv with a header, .jsonl, .txt, .orc, or Parquet."
              + " Relative paths start at its folder.")
  private Optional<String> paths = Optional.empty();

  @Option(
      names = "--path-column",
      paramLabel = "NAME",
      defaultValue = "path",
      description = "The column of --paths that holds them (default: ${DEFAULT-VALUE}).")
  private String pathColumn = "path";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The table: a new folder, or one that the same job has begun.")
  private String output = "";

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      description = "A model file (*.serenade) to use instead of the one that comes with Serenade.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--precision",
      paramLabel = "WORD",
      converter = PrecisionWords.class,
      description =
          "fp32: floats of 32 bits; int8: integers of 8 bits in the encoder (default: fp32).")
  private PrecisionChoice precision = PrecisionChoice.FP32;

  @Option(
      names = {"-t", "--timeline"},
      description = "Also tell how emotion goes on: stretches of speech and what each sounds like.")
  private boolean timeline;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description = "How much is heard at a time for the timeline (default: 4).")
  private Optional<Double> window = Optional.empty();

  @Option(
      names = "--hop",
      paramLabel = "SECONDS",
      description = "From the start of one window to the next (default: half a window).")
  private Optional<Double> hop = Optional.empty();

  @Option(
      names = "--embedding",
      description = "Also give the vector that the classifier saw, for models of your own.")
  private boolean embedding;

  @Option(
      names = "--abstain-below",
      paramLabel = "X",
      description = "Give no answer where the confidence is below X, from 0 to 1.")
  private Optional<Double> abstainBelow = Optional.empty();

  @Option(
      names = "--target-error",
      paramLabel = "X",
      description =
          "Give no answer where that is needed so that at most this share of answers is wrong.")
  private Optional<Double> targetError = Optional.empty();

  @Option(
      names = "--max-seconds",
      paramLabel = "X",
      description = "A longer recording is an error (default: 86400, a day).")
  private double maximumSeconds = RecordingLimits.DEFAULT.maximumSeconds();

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      description = "A larger recording is an error (default: 17179869184, 16 GiB).")
  private long maximumBytes = RecordingLimits.DEFAULT.maximumBytes();

  @Option(
      names = "--part-files",
      paramLabel = "N",
      description =
          "Recordings in a task and in a file of the table, at most (default: what gives each core"
              + " four tasks, at most 1000).")
  private Optional<Integer> partFiles = Optional.empty();

  @Option(
      names = "--part-megabytes",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "Megabytes of recordings in a task, at most, where their sizes are known (default:"
              + " ${DEFAULT-VALUE}).")
  private int partMegabytes = 256;

  /** Returns how to score, after everything that makes no sense was refused. */
  ScoringOptions scoring(CommandLine line) {
    if (input.isPresent() == paths.isPresent()) {
      throw new ParameterException(line, "expected either --input or --paths");
    }
    if ((window.isPresent() || hop.isPresent()) && !timeline) {
      throw new ParameterException(line, "--window and --hop need --timeline");
    }
    if (abstainBelow.isPresent() && targetError.isPresent()) {
      throw new ParameterException(line, "expected either --abstain-below or --target-error");
    }
    requirePositive(line, "--part-files", partFiles.orElse(1));
    requirePositive(line, "--part-megabytes", partMegabytes);
    DoubtWish doubt = new DoubtWish(abstainBelow, targetError, Optional.empty());
    try {
      doubt.check();
      return new ScoringOptions(
          model,
          precision,
          doubt,
          timeline ? Optional.of(windows()) : Optional.empty(),
          embedding,
          new RecordingLimits(maximumSeconds, maximumBytes));
    } catch (DoubtException e) {
      throw new ParameterException(line, doubtOption(e.part()) + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(line, String.valueOf(e.getMessage()));
    }
  }

  private Timeline windows() {
    double seconds = window.orElse(Timeline.DEFAULT.windowSeconds());
    return new Timeline(seconds, hop.orElse(seconds / 2));
  }

  private static void requirePositive(CommandLine line, String option, int found) {
    if (found < 1) {
      throw new ParameterException(line, option + ": expected at least 1, found " + found);
    }
  }

  static String doubtOption(DoubtWish.Part part) {
    return switch (part) {
      case ABSTAIN_BELOW -> "--abstain-below";
      case TARGET_ERROR -> "--target-error";
      case SET -> "--set";
    };
  }

  String output() {
    return output;
  }

  List<ListedRecording> recordings(SparkSession spark) throws CannotScoreException {
    return input.isPresent()
        ? Listing.ofFolder(spark.sparkContext().hadoopConfiguration(), input.get())
        : Listing.ofTable(spark, paths.orElseThrow(), pathColumn);
  }

  /** Returns how many recordings a part has at most. */
  int partFiles(int recordings, int cores) {
    int parts = Math.max(1, PARTS_PER_CORE * cores);
    return partFiles.orElse(Math.max(1, Math.min(MOST_FILES, (recordings + parts - 1) / parts)));
  }

  long partBytes() {
    return partMegabytes * 1_000_000L;
  }
}
