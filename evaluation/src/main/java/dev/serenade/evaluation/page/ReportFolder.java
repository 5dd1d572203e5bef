package dev.serenade.evaluation.page;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a report in a folder so that its JSON file, where there is one, belongs to a whole report.
 *
 * <p>All files are written to a folder beside their places first, then moved there one by one, the
 * JSON file last; the one of an earlier report is taken away before. Other files in the folder are
 * left alone, except an earlier report's figures.
 */
public final class ReportFolder {

  private ReportFolder() {}

  /** The files of a report: the JSON file, others beside it, and figures in {@code figures}. */
  public interface Content {
    /** Writes all of them into a folder, in which {@code figures} exists. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes a report in place of an earlier one.
   *
   * @param json the name of the file for programs, which is there if and only if all others are
   */
  public static void write(Path folder, String json, Content content) throws IOException {
    Files.createDirectories(folder.resolve("figures"));
    Path unfinished = Files.createTempDirectory(folder, ".unfinished-");
    try {
      Files.createDirectory(unfinished.resolve("figures"));
      content.writeTo(unfinished);
      Files.deleteIfExists(folder.resolve(json));
      for (Path old : list(folder.resolve("figures"), "*.svg")) {
        Files.delete(old);
      }
      for (String place : List.of("figures", ".")) {
        for (Path file : list(unfinished.resolve(place), "*.{svg,html,csv,md,tex}")) {
          move(file, folder.resolve(place));
        }
      }
      move(unfinished.resolve(json), folder);
    } finally {
      deleteAll(unfinished);
    }
  }

  private static void move(Path file, Path folder) throws IOException {
    Path target = folder.resolve(file.getFileName());
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
      stream.forEach(files::add);
    }
    return files;
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      // Deepest first, so that folders are empty when their turn comes.
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
