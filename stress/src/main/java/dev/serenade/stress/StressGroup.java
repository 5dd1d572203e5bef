package dev.serenade.stress;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What tests are grouped by. */
public enum StressGroup {
  CORRECTNESS(
      "Correctness", "Is it right often enough, class by class, and does it say none too often?"),
  SEX(
      "Fairness: sex",
      "How far the recall for one sex lies from that for all. Too few clips for a group, or a column"
          + " that is missing, and the test is not run."),
  PITCH(
      "Fairness: pitch",
      "The same for speakers of low, medium and high voice: up to 145 Hz, up to 190 Hz, and above, the"
          + " mean over their clips."),
  LANGUAGE(
      "Fairness: language",
      "How much more or less often each class is said in one language than in all; each class is as"
          + " frequent in every language as far as there are clips."),
  SMALL_CHANGES(
      "Small changes", "What one hardly hears must hardly ever change what the model says."),
  BACKGROUND_NOISE(
      "Background noise",
      "Noise at 20 dB, or a burst at 10 dB: how much recall is lost, and how often the model says the"
          + " same."),
  PHONE("Telephone", "The same over a telephone line, and over a poor mobile telephone."),
  ROOM(
      "Simulated rooms",
      "The same clip in two rooms, or at two places of one: how often the model says the same."),
  TILT("Spectral tilt", "The same clip brighter, or duller, by a straight line over the spectrum.");

  private final String title;
  private final String explanation;

  StressGroup(String title, String explanation) {
    this.title = title;
    this.explanation = explanation;
  }

  /** Returns the name for people. */
  public String title() {
    return title;
  }

  String explanation() {
    return explanation;
  }

  /** Returns the name in options and files, such as {@code small-changes}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the group of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static StressGroup of(String word) {
    return Arrays.stream(values())
        .filter(group -> group.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(StressGroup::word)
                                .collect(Collectors.joining(", ")),
                            word)));
  }
}
