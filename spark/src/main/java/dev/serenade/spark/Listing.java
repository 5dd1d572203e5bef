package dev.serenade.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Finds the recordings of a job. */
final class Listing {

  /** The same as of {@code serenade predict} for folders. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          "wav", "wave", "w64", "flac", "mp3", "ogg", "oga", "opus", "m4a", "m4b", "aac", "mp4",
          "m4v", "mov", "webm", "mkv", "mka", "aif", "aiff", "aifc", "au", "snd", "caf", "amr",
          "wma", "3gp", "sph");

  private Listing() {}

  /**
   * Lists the audio files of a folder and of those within, told by their extension, or of a pattern
   * such as {@code s3a://calls/2026-*}{@code /}. Names that begin with a dot or an underscore are
   * passed over. The executors list them when there are many folders; nothing is read of any.
   */
  static List<ListedRecording> ofFolder(SparkSession spark, String input)
      throws CannotScoreException {
    try {
      // Spark does not read what is not selected, so the content stays where it is.
      List<ListedRecording> found =
          spark
              .read()
              .format("binaryFile")
              .option("recursiveFileLookup", "true")
              .load(input)
              .select("path", "length")
              .collectAsList()
              .stream()
              .map(row -> new ListedRecording(row.getString(0), row.getLong(1)))
              .filter(recording -> hasAudioExtension(recording.path()))
              .toList();
      if (found.isEmpty()) {
        throw new CannotScoreException("--input: no audio files in " + input);
      }
      return found;
    } catch (Exception e) {
      throw cannotList("--input", input, e);
    }
  }

  /**
   * Lists the recordings that a table names, each once.
   *
   * @param table a file or folder of CSV with a header, JSON lines, text of one path a line, ORC or
   *     Parquet, told by its extension; any other is Parquet
   * @param column which holds paths; relative ones start at the table's folder
   */
  static List<ListedRecording> ofTable(SparkSession spark, String table, String column)
      throws CannotScoreException {
    try {
      Dataset<Row> rows = read(spark, table);
      if (!List.of(rows.columns()).contains(column)) {
        throw new CannotScoreException(
            "--paths: expected a column %s in %s, found %s"
                .formatted(column, table, List.of(rows.columns())));
      }
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      Path file = new Path(table);
      Path qualified = file.getFileSystem(hadoop).makeQualified(file);
      Path folder = qualified.getParent() == null ? qualified : qualified.getParent();
      List<ListedRecording> found = new ArrayList<>();
      for (Row row :
          rows.select(functions.col(column).cast("string"))
              .na()
              .drop()
              .distinct()
              .collectAsList()) {
        found.add(new ListedRecording(resolve(folder, row.getString(0)), 0));
      }
      if (found.isEmpty()) {
        throw new CannotScoreException("--paths: no paths in " + table);
      }
      return found.stream().distinct().toList();
    } catch (Exception e) {
      throw cannotList("--paths", table, e);
    }
  }

  private static Dataset<Row> read(SparkSession spark, String table) {
    return switch (extension(table)) {
      case "csv" -> spark.read().option("header", "true").option("escape", "\"").csv(table);
      case "json", "jsonl" -> spark.read().json(table);
      case "txt" -> spark.read().text(table).withColumnRenamed("value", "path");
      case "orc" -> spark.read().orc(table);
      default -> spark.read().parquet(table);
    };
  }

  /** What is no path stays as it is, and becomes a row with an error. */
  private static String resolve(Path folder, String path) {
    try {
      return new Path(folder, path).toString();
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  private static CannotScoreException cannotList(String option, String place, Exception e) {
    if (e instanceof CannotScoreException known) {
      return known;
    }
    // Spark's checked exceptions reach Java unannounced; their first line says enough.
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new CannotScoreException(
        "%s: cannot list %s: %s"
            .formatted(
                option, place, e instanceof AnalysisException ? reason : e.getClass() + reason),
        e);
  }

  private static boolean hasAudioExtension(String path) {
    return EXTENSIONS.contains(extension(path));
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
