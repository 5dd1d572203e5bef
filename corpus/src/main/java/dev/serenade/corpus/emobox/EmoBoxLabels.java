package dev.serenade.corpus.emobox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.internal.AudioFiles;
import dev.serenade.corpus.reader.CorpusReader;
import dev.serenade.corpus.reader.CorpusReaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What EmoBox's lists and label map for a corpus say of its labels: to compare, not to read a
 * corpus by.
 *
 * @param folder that holds {@code fold_1} and, mostly, {@code label_map.json} or {@code
 *     label_dict.json}
 * @param emotions of every listed clip, by the name of its recording, folded as anywhere; more than
 *     one where lists disagree
 * @param clips how many clips have each label, by the label as the lists spell it
 * @param map from labels to EmoBox's names for them, as the file spells both; empty if there is no
 *     such file
 */
public record EmoBoxLabels(
    Path folder,
    SortedMap<String, SortedSet<Emotion>> emotions,
    SortedMap<String, Integer> clips,
    Optional<SortedMap<String, String>> map) {

  private static final List<String> MAP_NAMES = List.of("label_map.json", "label_dict.json");

  public EmoBoxLabels {
    emotions = Collections.unmodifiableSortedMap(new TreeMap<>(emotions));
    clips = Collections.unmodifiableSortedMap(new TreeMap<>(clips));
    map = map.map(names -> Collections.unmodifiableSortedMap(new TreeMap<>(names)));
  }

  /**
   * Reads all lists below a folder, and the map beside them.
   *
   * @param labels the table to fold labels by; a class that it drops is left out
   * @throws ManifestFormatException if a list has no usable line, or the map is no JSON object of
   *     strings
   */
  public static EmoBoxLabels read(Path folder, EmotionLabels labels)
      throws IOException, ManifestFormatException {
    SortedMap<String, SortedSet<Emotion>> emotions = new TreeMap<>();
    SortedMap<String, Set<String>> clips = new TreeMap<>();
    for (Path list : lists(folder)) {
      for (EmoBoxEntry entry : EmoBoxEntry.readAll(list, broken -> {})) {
        clips.computeIfAbsent(entry.label(), label -> new TreeSet<>()).add(entry.clip());
        CorpusReaders.find(entry.dataset())
            .map(CorpusReader::codes)
            .map(labels::withCodes)
            .orElse(labels)
            .canonical(entry.label())
            .ifPresent(
                emotion ->
                    emotions.computeIfAbsent(entry.clip(), c -> new TreeSet<>()).add(emotion));
      }
    }
    SortedMap<String, Integer> counts = new TreeMap<>();
    clips.forEach((label, names) -> counts.put(label, names.size()));
    return new EmoBoxLabels(folder, emotions, counts, map(folder));
  }

  /** Returns the labels of the lists that the map does not name, spelled exactly so. */
  public SortedSet<String> missingFromMap() {
    SortedSet<String> missing = new TreeSet<>();
    map.ifPresent(
        names -> {
          missing.addAll(clips.keySet());
          missing.removeAll(names.keySet());
        });
    return missing;
  }

  private static List<Path> lists(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(Files::isRegularFile)
          .filter(EmoBoxManifest::isNamedLikeOne)
          .sorted()
          .toList();
    }
  }

  private static Optional<SortedMap<String, String>> map(Path folder)
      throws IOException, ManifestFormatException {
    for (String name : MAP_NAMES) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        try {
          JsonObject object =
              JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
                  .getAsJsonObject();
          SortedMap<String, String> names = new TreeMap<>();
          for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
            names.put(entry.getKey(), entry.getValue().getAsString());
          }
          return Optional.of(names);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
          throw new ManifestFormatException(
              file, "a JSON object from labels to names expected: " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the name that the lists know a recording by. */
  public static String clipName(Path recording) {
    return AudioFiles.stem(recording);
  }
}
