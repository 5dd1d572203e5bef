package dev.serenade.cli.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The settings that are searched, and what each may be. This is the only place that says so: {@link
 * #standard} has ours, and each may be replaced.
 *
 * <p>A candidate has a value for each setting that matters to its pooling: the mean has no heads,
 * and a linear head nothing but its layers. So no two candidates differ only in what is of no
 * effect.
 *
 * @param settings what each may be, by the long name of its option without hyphens
 */
record SearchSpace(Map<String, Values> settings) {

  static final String POOLING = "pooling";
  static final String LAYER = "layer";

  private static final String LINEAR = "linear";
  private static final String ATTENTIVE = "attentive";
  private static final String QKV = "qkv";

  /** More layers than this are thinned: neighbours of a deep encoder are alike. */
  private static final int MOST_SINGLE_LAYERS = 6;

  /** Which poolings a setting is of; those that are not here are of all but the linear head. */
  private static final Map<String, List<String>> POOLINGS =
      Map.of(
          "heads", List.of(ATTENTIVE, QKV),
          "head-dim", List.of(ATTENTIVE, QKV),
          "scaled", List.of(ATTENTIVE),
          "mixed-scores", List.of(ATTENTIVE),
          "query", List.of(QKV),
          "unscaled", List.of(QKV),
          "bounded-scores", List.of(QKV),
          "interaction", List.of(QKV),
          "output-norm", List.of("statistics", ATTENTIVE, QKV));

  SearchSpace {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /**
   * Returns the space that is searched unless the user says otherwise.
   *
   * @param blocks of the encoder; its middle is listened to alone and together, its first third not
   *     at all, as it knows least about emotion
   */
  static SearchSpace standard(int blocks) {
    Map<String, Values> settings = new LinkedHashMap<>();
    settings.put(POOLING, words(QKV, ATTENTIVE, "mean", "statistics", LINEAR));
    settings.put(LAYER, new Words(layers(blocks)));
    settings.put("heads", words("2", "4", "6", "8", "12"));
    settings.put("head-dim", words("4", "8", "16", "32"));
    settings.put("projection", words("64", "128", "256", "512"));
    settings.put("input-norm", words("standardised", "utterance"));
    settings.put("dropout", new Range(0, 0.6, false, false));
    settings.put("epochs", new Range(10, 40, false, true));
    settings.put("lr", new Range(1e-4, 5e-3, true, false));
    settings.put("weight-decay", new Range(1e-3, 0.3, true, false));
    settings.put("label-smoothing", new Range(0, 0.2, false, false));
    settings.put("class-weights", words("none", "balanced"));
    settings.put("frame-share", words("1.0", "0.7", "0.4"));
    settings.put("time-mask", new Range(0, 0.4, false, false));
    settings.put("feature-mask", new Range(0, 0.4, false, false));
    settings.put("mixup", new Range(0, 0.5, false, false));
    return new SearchSpace(settings);
  }

  private static Words words(String... words) {
    return new Words(List.of(words));
  }

  private static int first(int blocks) {
    return Math.max(1, (blocks + 1) / 3);
  }

  private static int last(int blocks) {
    return Math.max(first(blocks), blocks - 1);
  }

  private static int middle(int blocks) {
    return (blocks + 1) / 2;
  }

  private static List<String> layers(int blocks) {
    int from = first(blocks);
    Set<String> layers = new LinkedHashSet<>();
    int count = Math.min(MOST_SINGLE_LAYERS, blocks - from + 1);
    for (int i = 0; i < count; i++) {
      int layer = count == 1 ? from : from + Math.round((blocks - from) * (float) i / (count - 1));
      layers.add(Integer.toString(layer));
    }
    layers.add(Integer.toString(middle(blocks)));
    if (last(blocks) > from) {
      layers.add(several("concat", blocks));
      layers.add(several("weighted", blocks));
    }
    layers.add(pair(blocks));
    return List.copyOf(layers);
  }

  /** Returns the layers of the middle, put together in this way; or the middle one alone. */
  private static String several(String kind, int blocks) {
    return last(blocks) > first(blocks)
        ? "%s:%d-%d".formatted(kind, first(blocks), last(blocks))
        : Integer.toString(middle(blocks));
  }

  /** Returns the middle layer and the next side by side. */
  private static String pair(int blocks) {
    int middle = Math.min(middle(blocks), blocks - 1);
    return middle < 1 ? "1" : "concat:%d-%d".formatted(middle, middle + 1);
  }

  /**
   * Returns what is worth a try before chance has its turn, each as it differs from the defaults.
   *
   * @param blocks of the encoder
   */
  static List<Map<String, String>> guesses(int blocks) {
    String middle = Integer.toString(middle(blocks));
    Map<String, String> regularised =
        Map.of("dropout", "0.3", "label-smoothing", "0.1", "weight-decay", "0.1");
    return List.of(
        Map.of(POOLING, LINEAR, LAYER, several("concat", blocks)),
        Map.of(POOLING, "mean", LAYER, middle),
        Map.of(POOLING, ATTENTIVE, LAYER, middle),
        with(regularised, Map.of(POOLING, "mean", LAYER, several("weighted", blocks))),
        with(regularised, Map.of(POOLING, ATTENTIVE, LAYER, pair(blocks))),
        with(regularised, Map.of(POOLING, QKV, LAYER, several("weighted", blocks), "lr", "0.0005")),
        Map.of(POOLING, LINEAR, LAYER, pair(blocks)));
  }

  private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }

  /** Returns this space with other values for a setting, which need not be in it. */
  SearchSpace with(String setting, Values values) {
    Map<String, Values> all = new LinkedHashMap<>(settings);
    all.put(setting, values);
    return new SearchSpace(all);
  }

  /** Returns this space without these settings. */
  SearchSpace without(Set<String> fixed) {
    Map<String, Values> others = new LinkedHashMap<>(settings);
    others.keySet().removeAll(fixed);
    return new SearchSpace(others);
  }

  /** Returns the poolings that a setting is of; empty if of all but the linear head, or of all. */
  static List<String> poolingsOf(String setting) {
    return POOLINGS.getOrDefault(setting, List.of());
  }

  private static boolean matters(String setting, String pooling) {
    if (setting.equals(POOLING) || setting.equals(LAYER)) {
      return true;
    }
    List<String> poolings = poolingsOf(setting);
    return poolings.isEmpty() ? !pooling.equals(LINEAR) : poolings.contains(pooling);
  }

  /**
   * Returns a candidate's settings from values for more settings than matter to its pooling.
   *
   * @param values for every setting of this space, and the pooling even if it is not
   */
  Map<String, String> relevant(Map<String, String> values) {
    Map<String, String> relevant = new LinkedHashMap<>();
    for (String setting : settings.keySet()) {
      if (matters(setting, value(values, POOLING))) {
        relevant.put(setting, value(values, setting));
      }
    }
    return relevant;
  }

  private static String value(Map<String, String> values, String setting) {
    String value = values.get(setting);
    if (value == null) {
      throw new IllegalArgumentException(
          "expected a value for %s, found only those of %s".formatted(setting, values.keySet()));
    }
    return value;
  }

  /** Returns whether all of these values of settings that are searched are in this space. */
  boolean contains(Map<String, String> values) {
    return settings.entrySet().stream()
        .allMatch(
            setting -> {
              String value = values.get(setting.getKey());
              return value == null || setting.getValue().contains(value);
            });
  }

  /** Returns values as they are drawn, those of other settings as they are. */
  Map<String, String> canonical(Map<String, String> values) {
    Map<String, String> canonical = new LinkedHashMap<>(values);
    settings.forEach(
        (setting, possible) ->
            canonical.computeIfPresent(setting, (name, value) -> possible.canonical(value)));
    return canonical;
  }

  /** Draws a value for every setting, whether it will matter or not. */
  Map<String, String> draw(RandomGenerator random) {
    Map<String, String> values = new LinkedHashMap<>();
    settings.forEach((setting, possible) -> values.put(setting, possible.draw(random)));
    return values;
  }

  /**
   * Returns some settings with one of them, or two, changed to something near.
   *
   * @param values of the settings that matter, at least one
   */
  Map<String, String> mutate(Map<String, String> values, RandomGenerator random) {
    List<String> names = new ArrayList<>(values.keySet());
    Map<String, String> mutated = new LinkedHashMap<>(values);
    int changes = names.size() > 1 && random.nextBoolean() ? 2 : 1;
    for (int i = 0; i < changes; i++) {
      String name = names.remove(random.nextInt(names.size()));
      Values possible = settings.get(name);
      if (possible != null) {
        mutated.put(name, possible.near(value(values, name), random));
      }
    }
    return mutated;
  }
}
