package dev.serenade.corpus.reader;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table at the root of a corpus that says more about its clips or speakers than their paths do.
 *
 * @param file name; the table may be missing
 * @param delimiter between columns
 * @param keyColumn the column that names a clip or speaker
 * @param keyPart the part of a {@link ClipName} that it equals, or {@link #CLIP}; an extension in
 *     the column does not matter
 * @param parts from a column to the part it becomes
 */
record SideTable(
    String file, char delimiter, String keyColumn, String keyPart, Map<String, String> parts) {

  /** The whole name of a clip, as a key. */
  static final String CLIP = "clip";

  /** Reads the table and returns what adds its knowledge to a clip's name. */
  UnaryOperator<ClipName> read(Path root) throws IOException {
    Path path = root.resolve(file);
    if (!Files.isRegularFile(path)) {
      return UnaryOperator.identity();
    }
    Map<String, Map<String, String>> rows = new HashMap<>();
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .get();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8);
        CSVParser table = CSVParser.builder().setReader(reader).setFormat(format).get()) {
      for (CSVRecord row : table) {
        rows.put(stem(row.get(keyColumn)), known(row));
      }
    }
    return clip -> {
      String key = keyPart.equals(CLIP) ? clip.clip() : clip.get(keyPart);
      ClipName result = clip;
      for (Map.Entry<String, String> part : rows.getOrDefault(key, Map.of()).entrySet()) {
        result = result.with(part.getKey(), part.getValue());
      }
      return result;
    };
  }

  private Map<String, String> known(CSVRecord row) {
    Map<String, String> values = new HashMap<>();
    parts.forEach(
        (column, part) -> {
          if (row.isSet(column) && !row.get(column).isBlank()) {
            values.put(part, row.get(column).strip());
          }
        });
    return values;
  }

  private static String stem(String key) {
    int dot = key.lastIndexOf('.');
    return dot > 0 ? key.substring(0, dot) : key;
  }
}
