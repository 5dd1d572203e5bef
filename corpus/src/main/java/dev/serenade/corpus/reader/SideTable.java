package dev.serenade.corpus.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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
  UnaryOperator<ClipName> read(Path root, String corpus) throws IOException, CorpusLayoutException {
    Path path = root.resolve(file);
    if (!Files.isRegularFile(path)) {
      return UnaryOperator.identity();
    }
    Map<String, Map<String, String>> rows = new HashMap<>();
    for (Map<String, String> row : CorpusTable.read(path, delimiter, corpus, List.of(keyColumn))) {
      rows.put(stem(row.getOrDefault(keyColumn, "")), row);
    }
    return clip -> {
      String key = keyPart.equals(CLIP) ? clip.clip() : clip.get(keyPart);
      return with(clip, rows.getOrDefault(key, Map.of()));
    };
  }

  private ClipName with(ClipName clip, Map<String, String> row) {
    ClipName result = clip;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      String value = row.getOrDefault(part.getKey(), "");
      result = value.isBlank() ? result : result.with(part.getValue(), value);
    }
    return result;
  }

  private static String stem(String key) {
    int dot = key.lastIndexOf('.');
    return dot > 0 ? key.substring(0, dot) : key;
  }
}
