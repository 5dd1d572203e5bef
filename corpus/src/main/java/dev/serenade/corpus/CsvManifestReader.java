package dev.serenade.corpus;

import dev.serenade.corpus.internal.AudioFiles;
import dev.serenade.corpus.internal.ClipCollector;
import dev.serenade.corpus.internal.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads one CSV manifest; see {@link Manifest} for the form. */
final class CsvManifestReader {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final EmotionLabels labels;
  private final ClipCollector clips = new ClipCollector();
  private final Map<ManifestColumn, Integer> columns = new EnumMap<>(ManifestColumn.class);
  private final Map<String, Integer> extraColumns = new TreeMap<>();

  CsvManifestReader(Path file, EmotionLabels labels) {
    this.file = file.toAbsolutePath().normalize();
    this.labels = labels;
  }

  Corpus read(byte[] bytes) throws IOException, ManifestFormatException {
    long line = 1;
    try (CSVParser parser =
        CSVParser.builder().setCharSequence(decoded(bytes)).setFormat(CSVFormat.RFC4180).get()) {
      Iterator<CSVRecord> rows = parser.iterator();
      if (!rows.hasNext()) {
        throw new ManifestFormatException(file, "a header expected, found an empty file");
      }
      CSVRecord header = rows.next();
      readHeader(header);
      // A row may span lines, and hasNext() reads it: its first line is known only before that.
      line = parser.getCurrentLineNumber() + 1;
      while (rows.hasNext()) {
        readRow(rows.next(), header.size(), line);
        line = parser.getCurrentLineNumber() + 1;
      }
    } catch (UncheckedIOException e) {
      throw new ManifestFormatException(
          file, line, "comma-separated values expected: " + e.getMessage());
    }
    return new Corpus(
        CorpusNames.ofManifest(file),
        AudioFiles.folderOf(file),
        clips.utterances(),
        Sha256.of(bytes),
        clips.skipped());
  }

  private String decoded(byte[] bytes) throws ManifestFormatException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ManifestFormatException(file, "UTF-8 text expected, found other bytes");
    }
  }

  private void readHeader(CSVRecord header) throws ManifestFormatException {
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip();
      Optional<ManifestColumn> known = ManifestColumn.of(name);
      boolean repeated =
          known.isPresent()
              ? columns.put(known.get(), i) != null
              : extraColumns.put(name, i) != null;
      if (repeated) {
        throw new ManifestFormatException(file, 1, name, "the header has this column twice");
      }
    }
    for (ManifestColumn column : ManifestColumn.values()) {
      if (column.isRequired() && !columns.containsKey(column)) {
        throw new ManifestFormatException(
            file,
            1,
            column.label(),
            "required, but the header has only " + String.join(",", header.toList()));
      }
    }
  }

  private void readRow(CSVRecord row, int width, long line) {
    if (row.size() == 1 && row.get(0).isBlank()) {
      return;
    }
    String place = "line %d".formatted(line);
    if (row.size() != width) {
      String problem =
          "%s: %d values expected as in the header, found %d".formatted(place, width, row.size());
      clips.skip(row.get(0), SkippedClip.Cause.MALFORMED, problem);
      return;
    }
    String id = value(row, ManifestColumn.PATH).orElse("");
    try {
      add(row, id, place);
    } catch (BadValueException e) {
      clips.skip(id, SkippedClip.Cause.MALFORMED, place + ", " + e.getMessage());
    } catch (IllegalArgumentException e) {
      clips.skip(id, SkippedClip.Cause.MALFORMED, place + ": " + e.getMessage());
    }
  }

  private void add(CSVRecord row, String id, String place) throws BadValueException {
    Path path = AudioFiles.folderOf(file).resolve(required(row, ManifestColumn.PATH)).normalize();
    String speaker = required(row, ManifestColumn.SPEAKER);
    String label = required(row, ManifestColumn.EMOTION);
    Optional<Emotion> emotion = labels.canonical(label);
    if (emotion.isEmpty()) {
      clips.skip(id, SkippedClip.Cause.EXCLUDED, "class %s is dropped".formatted(label));
      return;
    }
    UtteranceBuilder clip = Utterance.builder(id, path, speaker, emotion.get());
    value(row, ManifestColumn.SESSION).ifPresent(clip::session);
    value(row, ManifestColumn.SEX).ifPresent(clip::sex);
    value(row, ManifestColumn.LANGUAGE).ifPresent(clip::language);
    value(row, ManifestColumn.TEXT).ifPresent(clip::text);
    Optional<String> split = value(row, ManifestColumn.SPLIT);
    if (split.isPresent()) {
      clip.split(
          Split.named(split.get())
              .orElseThrow(
                  () ->
                      new BadValueException(
                          ManifestColumn.SPLIT, "train, validation or test", split.get())));
    }
    Optional<String> start = value(row, ManifestColumn.START);
    if (start.isPresent()) {
      clip.startSeconds(seconds(ManifestColumn.START, start.get()));
    }
    Optional<String> end = value(row, ManifestColumn.END);
    if (end.isPresent()) {
      clip.endSeconds(seconds(ManifestColumn.END, end.get()));
    }
    Optional<String> channel = value(row, ManifestColumn.CHANNEL);
    if (channel.isPresent()) {
      clip.channel(channelNumber(channel.get()));
    }
    extraColumns.forEach((name, index) -> clip.extra(name, row.get(index)));
    clips.add(clip.build(), place);
  }

  private Optional<String> value(CSVRecord row, ManifestColumn column) {
    Integer index = columns.get(column);
    return index == null
        ? Optional.empty()
        : Optional.of(row.get(index).strip()).filter(v -> !v.isEmpty());
  }

  private String required(CSVRecord row, ManifestColumn column) throws BadValueException {
    return value(row, column).orElseThrow(() -> new BadValueException(column, "a value", "none"));
  }

  private static double seconds(ManifestColumn column, String text) throws BadValueException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new BadValueException(column, "seconds", text);
    }
  }

  private static int channelNumber(String text) throws BadValueException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new BadValueException(ManifestColumn.CHANNEL, "a number from 1", text);
    }
  }

  /** One value of a row that cannot be used; the row is left out. */
  private static final class BadValueException extends Exception {

    private static final long serialVersionUID = 1L;

    BadValueException(ManifestColumn column, String expected, String found) {
      super("column %s: %s expected, found %s".formatted(column.label(), expected, found));
    }
  }
}
