package dev.serenade.corpus.reader;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.UtteranceBuilder;
import dev.serenade.corpus.internal.ClipCollector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * ShEMO: 3,000 clips of Persian radio plays, 87 speakers, 6 classes.
 *
 * <p>Mohamad Nezami, Jamshid Lou and Karami, "ShEMO: a large-scale validated database for Persian
 * speech emotion detection", Language Resources and Evaluation 53, 2019,
 * doi:10.1007/s10579-018-9427-x. On disk {@code female/F01A01.wav}: sex, speaker, emotion's letter,
 * number; and {@code shemo.json} at the root, whose {@code emotion} differs from the letter for
 * some clips. Both are kept, as the extra columns {@value #LETTER_COLUMN} and {@value
 * #JSON_COLUMN}; which of them is the label is this reader's choice, and {@link #differences} lists
 * where they disagree. (EmoBox lists 2,838 of the clips, all with the class of their letter.)
 */
public final class Shemo implements CorpusReader {

  /** Where a clip's label comes from. */
  public enum LabelSource {
    /** The letter in the file's name, as in the paper that this project implements. */
    LETTER,
    /** The {@code emotion} in {@code shemo.json}, as in EmoBox. */
    JSON
  }

  /** The extra column with the class by the file name's letter. */
  public static final String LETTER_COLUMN = "emotion_by_letter";

  /** The extra column with the class by {@code shemo.json}. */
  public static final String JSON_COLUMN = "emotion_by_json";

  private static final String JSON_FILE = "shemo.json";

  private static final Map<String, Emotion> CODES =
      Map.of(
          "A", Emotion.ANGRY,
          "H", Emotion.HAPPY,
          "N", Emotion.NEUTRAL,
          "S", Emotion.SAD,
          "W", Emotion.SURPRISED,
          "F", Emotion.FEARFUL);

  private static final EmotionLabels STANDARD = EmotionLabels.standard().withCodes(CODES);

  private static final CorpusCard CARD =
      new CorpusCard(
          "ShEMO",
          "Mohamad Nezami, Jamshid Lou and Karami, \"ShEMO: a large-scale validated database for Persian speech emotion detection\", Language Resources and Evaluation 53, 2019, doi:10.1007/s10579-018-9427-x.",
          List.of("fa"),
          "87",
          "3,000",
          List.of("A", "H", "N", "S", "W", "F"),
          CorpusCard.Speech.FICTION,
          new Licence(
              "free for academic purposes",
              Licence.Use.RESEARCH,
              "The recordings are of radio plays, whose rights others may hold."),
          "https://github.com/pariajm/sharif-emotional-speech-dataset",
          "`female/F01A01.wav`: sex, speaker, emotion's letter, number; `shemo.json` at the root labels some clips otherwise.",
          "by `shemo-json`, clips that the file does not list.",
          1);

  private static final ClipPattern PATTERN =
      ClipPattern.of("(?<speaker>(?<sex>[FM])\\d\\d)(?<emotion>[AHNSWF])(?<number>\\d+)")
          .completedBy(clip -> clip.with(ClipName.LANGUAGE, "fa"));

  private final LabelSource source;

  private Shemo(LabelSource source) {
    this.source = source;
  }

  /** Returns a reader that takes labels from this source. */
  public static Shemo labelledBy(LabelSource source) {
    return new Shemo(source);
  }

  @Override
  public String name() {
    return source == LabelSource.LETTER ? "shemo" : "shemo-json";
  }

  @Override
  public String description() {
    return "ShEMO: Persian, radio plays, 87 speakers, 6 classes, labels by "
        + (source == LabelSource.LETTER ? "file name" : JSON_FILE)
        + " (Nezami et al. 2019)";
  }

  @Override
  public Optional<CorpusCard> card() {
    return Optional.of(CARD);
  }

  @Override
  public Map<String, Emotion> codes() {
    return CODES;
  }

  @Override
  public Optional<ClipName> parse(String path) {
    return PATTERN.parse(path);
  }

  @Override
  public Corpus read(Path root, EmotionLabels labels) throws IOException, CorpusLayoutException {
    EmotionLabels known = labels.withCodes(codes());
    ClipCollector clips = new ClipCollector();
    List<Path> files = Layout.recordings(root, name());
    Map<String, String> table = table(root);
    Set<String> seen = new HashSet<>();
    for (Path file : files) {
      String id = Layout.id(root, file);
      Optional<ClipName> parsed = parse(id);
      if (parsed.isEmpty()) {
        clips.skip(id, Cause.MALFORMED, "not named like F01A01");
      } else if (!seen.add(parsed.get().clip())) {
        clips.skip(id, Cause.DUPLICATE, "a clip of this name was read before");
      } else {
        add(clips, id, file, parsed.get(), table, known);
      }
    }
    if (seen.isEmpty()) {
      throw new CorpusLayoutException(
          root, name(), "clips such as female/F01A01.wav", files.size() + " other recordings");
    }
    for (String clip : table.keySet()) {
      if (!seen.contains(clip)) {
        clips.skip(
            clip, Cause.MISSING_FILE, "listed in " + JSON_FILE + ", but there is no such file");
      }
    }
    return Corpus.of(name(), root, clips.utterances(), clips.skipped());
  }

  /**
   * Returns the clips whose two labels disagree, whichever of them is used. Classes are compared by
   * their canonical names; a clip that has only one label does not count.
   */
  public static List<Utterance> differences(Corpus shemo) {
    return shemo.utterances().stream()
        .filter(
            clip -> {
              String json = clip.extras().getOrDefault(JSON_COLUMN, "");
              return !json.isEmpty() && !json.equals(clip.extras().get(LETTER_COLUMN));
            })
        .toList();
  }

  private void add(
      ClipCollector clips,
      String id,
      Path file,
      ClipName name,
      Map<String, String> table,
      EmotionLabels labels) {
    String letter = name.get(ClipName.EMOTION);
    Optional<String> json = Optional.ofNullable(table.get(name.clip()));
    Optional<String> label = source == LabelSource.LETTER ? Optional.of(letter) : json;
    if (label.isEmpty()) {
      clips.skip(id, Cause.UNLABELLED, "not listed in " + JSON_FILE);
      return;
    }
    Optional<Emotion> emotion = labels.canonical(label.get());
    if (emotion.isEmpty()) {
      clips.skip(id, Cause.EXCLUDED, "class %s is dropped".formatted(label.get()));
      return;
    }
    UtteranceBuilder clip = name.toUtterance(id, file, emotion.get());
    clip.extra(LETTER_COLUMN, className(letter));
    json.ifPresent(other -> clip.extra(JSON_COLUMN, className(other)));
    clips.add(clip.build(), id);
  }

  private static String className(String label) {
    return STANDARD.canonical(label).map(Emotion::name).orElse(label);
  }

  /** Reads label by clip; empty if labels go by letter and there is no table. */
  private Map<String, String> table(Path root) throws IOException, CorpusLayoutException {
    Path file = root.resolve(JSON_FILE);
    if (!Files.isRegularFile(file)) {
      if (source == LabelSource.LETTER) {
        return Map.of();
      }
      throw new CorpusLayoutException(root, name(), JSON_FILE + ", the labels", "no such file");
    }
    try {
      JsonObject json =
          JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8)).getAsJsonObject();
      Map<String, String> labels = new TreeMap<>();
      for (Map.Entry<String, JsonElement> clip : json.entrySet()) {
        JsonObject properties = clip.getValue().getAsJsonObject();
        String label = properties.has("emotion") ? properties.get("emotion").getAsString() : "";
        if (!label.isBlank()) {
          labels.put(clip.getKey(), label);
        }
      }
      return labels;
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new CorpusLayoutException(
          root, name(), JSON_FILE + " with an emotion for each clip", "" + e.getMessage());
    }
  }
}
