package dev.serenade.stress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The groups of speakers that fairness is tested on. */
final class FairnessGroups {

  private static final double AVERAGE_LIMIT = 0.075;
  private static final double SEX_CLASS_LIMIT = 0.175;
  private static final double PITCH_CLASS_LIMIT = 0.225;
  private static final double LANGUAGE_LIMIT = 0.1;

  private static final double HIGHEST_LOW_HZ = 145;
  private static final double HIGHEST_MEDIUM_HZ = 190;

  /**
   * A clip whose mean pitch lies beyond is not counted: the estimate is wrong, or it is shouted.
   */
  private static final double LOWEST_HZ = 50;

  private static final double HIGHEST_HZ = 350;

  private FairnessGroups() {}

  static List<TestResult> sex(List<HeardClip> clips, long seed) {
    Fairness fairness = new Fairness(clips, seed);
    List<TestResult> results = new ArrayList<>();
    for (String sex : List.of("female", "male")) {
      results.addAll(
          fairness.recalls(
              StressGroup.SEX,
              sex,
              AVERAGE_LIMIT,
              SEX_CLASS_LIMIT,
              heard -> heard.clip().sex().equals(Optional.of(sex))));
    }
    return results;
  }

  static List<TestResult> pitch(List<HeardClip> clips, long seed) {
    Map<String, Double> speakers = speakersPitchHz(clips);
    Fairness fairness = new Fairness(clips, seed);
    List<TestResult> results = new ArrayList<>();
    for (String pitch : List.of("low pitch", "medium pitch", "high pitch")) {
      results.addAll(
          fairness.recalls(
              StressGroup.PITCH,
              pitch,
              AVERAGE_LIMIT,
              PITCH_CLASS_LIMIT,
              heard ->
                  Optional.ofNullable(speakers.get(heard.clip().speaker()))
                      .filter(hertz -> name(hertz).equals(pitch))
                      .isPresent()));
    }
    return results;
  }

  static List<TestResult> language(List<HeardClip> clips, long seed) {
    Fairness fairness = new Fairness(clips, seed);
    TreeSet<String> languages = new TreeSet<>();
    clips.forEach(heard -> heard.clip().language().ifPresent(languages::add));
    List<TestResult> results = new ArrayList<>();
    for (String language : languages) {
      results.addAll(
          fairness.shares(
              StressGroup.LANGUAGE,
              language,
              LANGUAGE_LIMIT,
              heard -> heard.clip().language().equals(Optional.of(language))));
    }
    return results;
  }

  private static String name(double hertz) {
    if (hertz <= HIGHEST_LOW_HZ) {
      return "low pitch";
    }
    return hertz <= HIGHEST_MEDIUM_HZ ? "medium pitch" : "high pitch";
  }

  /** Returns the mean over each speaker's clips. */
  static Map<String, Double> speakersPitchHz(List<HeardClip> clips) {
    Map<String, List<Double>> found = new HashMap<>();
    for (HeardClip heard : clips) {
      double hertz = heard.pitchHz().orElse(Double.NaN);
      if (hertz >= LOWEST_HZ && hertz <= HIGHEST_HZ) {
        found.computeIfAbsent(heard.clip().speaker(), name -> new ArrayList<>()).add(hertz);
      }
    }
    Map<String, Double> means = new HashMap<>();
    found.forEach(
        (speaker, all) ->
            means.put(
                speaker, all.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
    return means;
  }
}
