package dev.serenade.spark;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.serenade.analysis.DoubtException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The job for {@code spark-submit}: scores recordings into a table. */
@Command(
    name = "serenade-spark",
    description = "Scores recordings on a Spark cluster, into a table of Parquet.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  spark-submit --class dev.serenade.spark.ScoreJob serenade-spark-job.jar \\",
      "      --input s3a://calls/2026 --output s3a://results/2026    all audio files of a folder",
      "  ... --paths calls.csv --output hdfs:///results -t            those that a table names",
      "",
      "A job that was stopped goes on when it is started again, and scores what has been added"
          + " meanwhile. Recordings that fail are rows with an error."
    })
public final class ScoreJob implements Callable<Integer> {

  static final int DONE = 0;
  static final int SOME_FAILED = 1;
  static final int USAGE = 2;
  static final int CANNOT_RUN = 3;

  @Spec private CommandSpec spec;

  @Mixin private JobOptions options = new JobOptions();

  private ScoreJob() {}

  /** Runs the job and ends the process: 0 done, 1 some recordings failed, 2 usage, 3 cannot run. */
  public static void main(String[] arguments) {
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs the job and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new ScoreJob());
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          err.println("serenade-spark: " + wrong.getMessage());
          err.println("Try 'serenade-spark --help'.");
          return USAGE;
        });
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof CannotScoreException) {
            err.println("serenade-spark: " + failure.getMessage());
          } else {
            err.println("serenade-spark: the job failed: " + failure);
            failure.printStackTrace(err);
          }
          return CANNOT_RUN;
        });
    return line.execute(arguments);
  }

  @Override
  public Integer call() throws CannotScoreException {
    ScoringOptions scoring = options.scoring(spec.commandLine());
    SparkSession spark = SparkSession.builder().appName("Serenade").getOrCreate();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration hadoop = context.hadoopConfiguration();
    ScoringModel model = model(scoring, hadoop);
    try {
      ScoreTable table = ScoreTable.at(options.output(), hadoop);
      table.claim(describe(scoring, model));
      List<ListedRecording> recordings = options.recordings(spark);
      List<Part> parts =
          table.extendPlan(
              recordings,
              options.partFiles(recordings.size(), context.defaultParallelism()),
              options.partBytes());
      Set<Integer> finished = table.finishedParts();
      List<Part> open = parts.stream().filter(part -> !finished.contains(part.number())).toList();
      say(
          "%d recordings in %d parts, %d of them finished before, %d to do"
              .formatted(
                  parts.stream().mapToInt(part -> part.paths().size()).sum(),
                  parts.size(),
                  parts.size() - open.size(),
                  open.size()));
      if (!open.isEmpty()) {
        context
            .parallelize(open, open.size())
            .foreachPartition(
                new PartTask(ScoringSettings.of(context, model, scoring), table.folder()));
      }
      table.removeLeftovers();
      return conclude(spark, table);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotScoreException("--output: " + e.getMessage(), e);
    }
  }

  private static ScoringModel model(ScoringOptions scoring, Configuration hadoop)
      throws CannotScoreException {
    try {
      return ScoringModel.read(scoring, hadoop);
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotScoreException("cannot load the model: " + e.getMessage(), e);
    } catch (DoubtException e) {
      throw new CannotScoreException(JobOptions.doubtOption(e.part()) + ": " + e.getMessage(), e);
    }
  }

  private static JsonObject describe(ScoringOptions scoring, ScoringModel model) {
    JsonObject json = new JsonObject();
    json.addProperty("format", 1);
    json.addProperty("model", model.name());
    json.addProperty("modelSha256", model.sha256());
    json.addProperty("precision", scoring.precision().name().toLowerCase(Locale.ROOT));
    json.addProperty("leastConfidence", model.doubt().leastConfidence());
    json.add(
        "timeline",
        new JsonPrimitive(
            scoring
                .timeline()
                .map(windows -> windows.windowSeconds() + " s every " + windows.hopSeconds() + " s")
                .orElse("none")));
    json.addProperty("embedding", scoring.embedding());
    json.addProperty("maximumSeconds", scoring.limits().maximumSeconds());
    json.addProperty("maximumBytes", scoring.limits().maximumBytes());
    return json;
  }

  private int conclude(SparkSession spark, ScoreTable table) {
    Dataset<Row> rows =
        spark.read().schema(EmotionScoring.schema().add("part", "int")).parquet(table.folder());
    long all = rows.count();
    long failed = rows.where("error_code IS NOT NULL").count();
    say("%d recordings in %s, %d of them with an error".formatted(all, table.folder(), failed));
    return failed == 0 ? DONE : SOME_FAILED;
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }
}
