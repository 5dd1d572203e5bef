package dev.serenade.corpus;

import static dev.serenade.corpus.Emotion.ANGRY;
import static dev.serenade.corpus.Emotion.BORED;
import static dev.serenade.corpus.Emotion.CALM;
import static dev.serenade.corpus.Emotion.CONTEMPT;
import static dev.serenade.corpus.Emotion.DISGUSTED;
import static dev.serenade.corpus.Emotion.EXCITED;
import static dev.serenade.corpus.Emotion.FEARFUL;
import static dev.serenade.corpus.Emotion.FRUSTRATED;
import static dev.serenade.corpus.Emotion.HAPPY;
import static dev.serenade.corpus.Emotion.NEUTRAL;
import static dev.serenade.corpus.Emotion.SAD;
import static dev.serenade.corpus.Emotion.SURPRISED;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table that folds each corpus's spelling of an emotion to its canonical name: {@code anger},
 * {@code Angry}, {@code rab} and {@code Wut} are all {@code angry}.
 *
 * <p>Case and surrounding space do not matter. A label that no table knows is kept, lower-cased.
 * What a user overrides comes first, then the table of the corpus, then the standard one.
 *
 * <p>Immutable.
 */
public final class EmotionLabels {

  /** The name that makes an override leave a class out. */
  public static final String DROP = "drop";

  private static final Map<String, Emotion> STANDARD_TABLE =
      table(
          Map.ofEntries(
              Map.entry(
                  ANGRY,
                  List.of(
                      "anger", "ang", "angr", "ärger", "wut", "rab", "rabbia", "gniew", "kizgin")),
              Map.entry(BORED, List.of("boredom", "boredem", "bor", "langeweile")),
              Map.entry(CALM, List.of("calmness", "relaxed")),
              Map.entry(CONTEMPT, List.of("contemptuous")),
              Map.entry(DISGUSTED, List.of("disgust", "dis", "ekel", "disgusto")),
              Map.entry(EXCITED, List.of("excitement", "exc")),
              Map.entry(
                  FEARFUL,
                  List.of("fear", "fea", "afraid", "scared", "angst", "pau", "paura", "strach")),
              Map.entry(FRUSTRATED, List.of("frustration", "fru")),
              Map.entry(
                  HAPPY,
                  List.of("happiness", "hap", "joy", "joyful", "freude", "gio", "gioia", "mutlu")),
              Map.entry(NEUTRAL, List.of("neutrality", "neu", "neutrale", "no emotion")),
              Map.entry(
                  SAD,
                  List.of("sadness", "sorrow", "trauer", "tri", "tristezza", "smutek", "uzgun")),
              Map.entry(
                  SURPRISED,
                  List.of(
                      "surprise",
                      "sur",
                      "sor",
                      "sorpresa",
                      "pleasant surprise",
                      "pleasant_surprise"))));

  private static final EmotionLabels STANDARD = new EmotionLabels(Map.of(), STANDARD_TABLE);

  private final Map<String, Optional<Emotion>> overrides;
  private final Map<String, Emotion> table;

  private EmotionLabels(Map<String, Optional<Emotion>> overrides, Map<String, Emotion> table) {
    this.overrides = Map.copyOf(overrides);
    this.table = Map.copyOf(table);
  }

  /** Returns the table for spellings seen in published corpora. */
  public static EmotionLabels standard() {
    return STANDARD;
  }

  /**
   * Returns this table with a user's changes.
   *
   * @param changes from a label, as the corpus spells it or by its canonical name, to the class it
   *     shall count as, or to {@link #DROP} to leave it out: {@code excited -> happy, other ->
   *     drop}
   */
  public EmotionLabels with(Map<String, String> changes) {
    Map<String, Optional<Emotion>> merged = new HashMap<>(overrides);
    changes.forEach(
        (label, target) -> {
          String name = Emotion.normalised(target);
          merged.put(
              Emotion.normalised(label),
              name.equals(DROP) ? Optional.empty() : Optional.of(translated(name)));
        });
    return new EmotionLabels(merged, table);
  }

  /** Returns this table preceded by a corpus's own codes, such as {@code A} for anger in ShEMO. */
  public EmotionLabels withCodes(Map<String, Emotion> codes) {
    Map<String, Emotion> merged = new HashMap<>(table);
    codes.forEach((code, emotion) -> merged.put(Emotion.normalised(code), emotion));
    return new EmotionLabels(overrides, merged);
  }

  /**
   * Returns the class of a label, or nothing if the user drops it.
   *
   * @throws IllegalArgumentException if the label is blank
   */
  public Optional<Emotion> canonical(String label) {
    String spelled = Emotion.normalised(label);
    Optional<Emotion> override = overrides.get(spelled);
    if (override != null) {
      return override;
    }
    Emotion emotion = translated(spelled);
    return overrides.getOrDefault(emotion.name(), Optional.of(emotion));
  }

  private Emotion translated(String spelled) {
    Emotion known = table.get(spelled);
    return known != null ? known : Emotion.of(spelled);
  }

  private static Map<String, Emotion> table(Map<Emotion, List<String>> spellings) {
    Map<String, Emotion> table = new HashMap<>();
    spellings.forEach((emotion, labels) -> labels.forEach(label -> table.put(label, emotion)));
    return table;
  }
}
