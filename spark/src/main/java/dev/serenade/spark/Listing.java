package dev.serenade.spark;

import dev.serenade.audio.AudioExtensions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Finds the recordings of a job. */
final class Listing {

  private Listing() {}

  /**
   * Lists the audio files of a folder and of those within, told by their extension, or of a pattern
   * of folders or files. What lies below a name that begins with a dot or an underscore is passed
   * over. Spark's own listing is no use here, as it leaves out empty files.
   */
  static List<ListedRecording> ofFolder(Configuration hadoop, String input)
      throws CannotScoreException {
    List<ListedRecording> found = new ArrayList<>();
    try {
      Path pattern = new Path(input);
      FileSystem files = pattern.getFileSystem(hadoop);
      FileStatus[] matches = files.globStatus(pattern);
      if (matches == null || matches.length == 0) {
        throw new CannotScoreException("--input: no such file or folder: " + input);
      }
      for (FileStatus match : matches) {
        // Also of a single file this lists the file.
        RemoteIterator<LocatedFileStatus> below = files.listFiles(match.getPath(), true);
        while (below.hasNext()) {
          FileStatus file = below.next();
          if (AudioExtensions.isOf(file.getPath().getName())
              && !isHidden(match.getPath(), file.getPath())) {
            found.add(new ListedRecording(file.getPath().toString(), file.getLen()));
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new CannotScoreException(
          "--input: cannot list %s: %s".formatted(input, e.getMessage()), e);
    }
    if (found.isEmpty()) {
      throw new CannotScoreException("--input: no audio files in " + input);
    }
    return found;
  }

  private static boolean isHidden(Path folder, Path file) {
    for (Path part = file; part != null && part.depth() > folder.depth(); part = part.getParent()) {
      if (part.getName().startsWith(".") || part.getName().startsWith("_")) {
        return true;
      }
    }
    return false;
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
      // Spark's checked exceptions reach Java unannounced.
      throw cannotRead(table, e);
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

  private static CannotScoreException cannotRead(String table, Exception e) {
    if (e instanceof CannotScoreException known) {
      return known;
    }
    // Spark's messages go on for lines; the first says enough.
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new CannotScoreException("--paths: cannot read %s: %s".formatted(table, reason), e);
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
