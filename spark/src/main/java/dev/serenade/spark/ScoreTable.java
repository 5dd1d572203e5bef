package dev.serenade.spark;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * The table that a job writes, and goes on with after whatever stopped it.
 *
 * <pre>{@code
 * OUTPUT/_serenade.json                  by what it is scored
 * OUTPUT/_plan/00001.jsonl               which recordings are in which part, decided once
 * OUTPUT/part=1/scores.parquet           a part, whole
 * OUTPUT/_temporary/...                  what was not finished
 * }</pre>
 *
 * <p>Every file is written elsewhere and renamed when it is whole. A recording is in one part for
 * ever, and a part in one file of a name that is known before, so that whoever writes it twice
 * writes the same: there are neither duplicates nor losses, however often and wherever a task runs.
 */
final class ScoreTable {

  private static final String SETTINGS = "_serenade.json";
  private static final String PLAN = "_plan";
  private static final String PART = "part=";
  private static final String SCORES = "scores.parquet";
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeNulls().create();
  private static final Gson LINE = new Gson();

  private final Path root;
  private final FileSystem files;

  private ScoreTable(Path root, FileSystem files) {
    this.root = root;
    this.files = files;
  }

  /** Returns the table of this folder, which need not be there. */
  static ScoreTable at(String folder, Configuration hadoop) throws IOException {
    Path root = new Path(folder);
    FileSystem files = root.getFileSystem(hadoop);
    return new ScoreTable(files.makeQualified(root), files);
  }

  /** Returns its folder. */
  String folder() {
    return root.toString();
  }

  /**
   * Begins the table, or makes sure that it was begun by the same settings.
   *
   * @throws CannotScoreException if it was begun by others, or the folder holds something else
   */
  void claim(JsonObject settings) throws IOException, CannotScoreException {
    Path file = new Path(root, SETTINGS);
    if (files.exists(file)) {
      requireEqual(settings, parse(file));
      return;
    }
    if (files.exists(root) && Arrays.stream(files.listStatus(root)).anyMatch(this::isForeign)) {
      throw new CannotScoreException(
          "--output: expected a new or empty folder, or a table that this job began, found"
              + " something else in "
              + root);
    }
    write(file, GSON.toJson(settings) + "\n");
  }

  private boolean isForeign(FileStatus found) {
    return !found.getPath().getName().equals(temporaryFolder().getName());
  }

  private JsonObject parse(Path file) throws IOException, CannotScoreException {
    try (BufferedReader in = reader(file)) {
      return JsonParser.parseReader(in).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new CannotScoreException(
          "--output: %s is damaged: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void requireEqual(JsonObject expected, JsonObject found) throws CannotScoreException {
    Set<String> names = new TreeSet<>(expected.keySet());
    names.addAll(found.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String wanted = String.valueOf(expected.get(name));
      String had = String.valueOf(found.get(name));
      if (!wanted.equals(had)) {
        differences.add("%s was %s and would be %s".formatted(name, had, wanted));
      }
    }
    if (!differences.isEmpty()) {
      throw new CannotScoreException(
          "--output: %s was begun by other settings (%s); go on with those, or choose another folder"
              .formatted(root, String.join("; ", differences)));
    }
  }

  /** Returns all parts that were planned so far, in the order of their numbers. */
  List<Part> plan() throws IOException {
    Path folder = new Path(root, PLAN);
    if (!files.exists(folder)) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>();
    for (FileStatus file : files.listStatus(folder)) {
      try (BufferedReader in = reader(file.getPath())) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          parts.add(LINE.fromJson(line, Part.class));
        }
      }
    }
    parts.sort(Comparator.comparingInt(Part::number));
    return parts;
  }

  /**
   * Adds the recordings that are in no part yet.
   *
   * @return all parts, those that were planned before included
   */
  List<Part> extendPlan(List<ListedRecording> recordings, int mostFiles, long mostBytes)
      throws IOException {
    List<Part> parts = new ArrayList<>(plan());
    Set<String> known = new HashSet<>();
    parts.forEach(part -> known.addAll(part.paths()));
    int first = parts.isEmpty() ? 1 : parts.get(parts.size() - 1).number() + 1;
    List<Part> added =
        Part.divide(
            recordings.stream().filter(recording -> !known.contains(recording.path())).toList(),
            first,
            mostFiles,
            mostBytes);
    if (!added.isEmpty()) {
      StringBuilder lines = new StringBuilder();
      added.forEach(part -> lines.append(LINE.toJson(part)).append('\n'));
      // Named by its first part: of two jobs that plan at once, one finds the other's.
      write(new Path(new Path(root, PLAN), "%08d.jsonl".formatted(first)), lines.toString());
      parts.addAll(added);
    }
    return parts;
  }

  /** Returns the numbers of the parts that are there. */
  Set<Integer> finishedParts() throws IOException {
    Set<Integer> finished = new HashSet<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true);
    while (all.hasNext()) {
      Path file = all.next().getPath();
      String folder = String.valueOf(file.getParent().getName());
      if (file.getName().equals(SCORES) && folder.startsWith(PART)) {
        finished.add(Integer.parseInt(folder.substring(PART.length())));
      }
    }
    return finished;
  }

  boolean isFinished(int part) throws IOException {
    return files.exists(file(part));
  }

  /** Returns where an attempt at a part may write; nobody else writes there. */
  Path newAttempt(int part) {
    return new Path(temporaryFolder(), "part-%d-%s.parquet".formatted(part, UUID.randomUUID()));
  }

  /** Makes what an attempt has written the part, unless another attempt was faster. */
  void commit(Path attempt, int part) throws IOException {
    moveIntoPlace(attempt, file(part));
  }

  /** Removes what attempts have left that were killed. Only when none is running. */
  void removeLeftovers() throws IOException {
    files.delete(temporaryFolder(), true);
  }

  void discard(Path attempt) throws IOException {
    files.delete(attempt, false);
  }

  private Path file(int part) {
    return new Path(new Path(root, PART + part), SCORES);
  }

  private Path temporaryFolder() {
    return new Path(root, "_temporary");
  }

  private BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8));
  }

  private void write(Path file, String text) throws IOException {
    Path temporary = new Path(temporaryFolder(), file.getName() + "-" + UUID.randomUUID());
    try (Writer out =
        new OutputStreamWriter(files.create(temporary, false), StandardCharsets.UTF_8)) {
      out.write(text);
    }
    if (files.exists(file)) {
      discard(temporary);
      throw new IOException("%s: written by another job at the same time".formatted(file));
    }
    moveIntoPlace(temporary, file);
  }

  private void moveIntoPlace(Path temporary, Path target) throws IOException {
    files.mkdirs(target.getParent());
    if (files.exists(target)) {
      discard(temporary);
    } else if (!files.rename(temporary, target)) {
      if (!files.exists(target)) {
        throw new IOException("%s: cannot be renamed to %s".formatted(temporary, target));
      }
      discard(temporary);
    }
  }
}
