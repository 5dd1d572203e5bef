package dev.serenade.evaluation.comparison;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Runs brought to the clips that all of them have, in the order of the first, and to the classes
 * that any of them knows; a class that a run does not know has probability 0 there.
 *
 * @param runs two or more, over the same clips, with the same labels, speakers and classes
 * @param leftOut by run, in the same order: its clips that another run lacks
 */
public record AlignedRuns(List<ComparedRun> runs, List<List<String>> leftOut) {

  /** Copies the lists. */
  public AlignedRuns {
    runs = List.copyOf(runs);
    leftOut = leftOut.stream().map(List::copyOf).toList();
  }

  /**
   * Aligns runs.
   *
   * @throws IllegalArgumentException if a run has a clip twice, two runs disagree about the label
   *     or the speaker of a clip, or no clip is in all of them; the message names runs and clip
   */
  public static AlignedRuns of(List<ComparedRun> runs) {
    if (runs.size() < 2) {
      throw new IllegalArgumentException("expected two runs or more, found " + runs.size());
    }
    List<Map<String, Prediction>> byClip = runs.stream().map(AlignedRuns::byClip).toList();
    Set<String> common = new LinkedHashSet<>(byClip.get(0).keySet());
    byClip.forEach(clips -> common.retainAll(clips.keySet()));
    if (common.isEmpty()) {
      throw new IllegalArgumentException(
          "no clip is in all runs: %s has clips such as %s, %s such as %s"
              .formatted(
                  runs.get(0).name(),
                  byClip.get(0).keySet().iterator().next(),
                  runs.get(1).name(),
                  byClip.get(1).keySet().iterator().next()));
    }
    for (int i = 1; i < runs.size(); i++) {
      checkFacts(runs.get(0), byClip.get(0), runs.get(i), byClip.get(i), common);
    }
    Set<String> classes = new LinkedHashSet<>();
    runs.forEach(run -> classes.addAll(run.predictions().classes()));
    List<ComparedRun> aligned = new ArrayList<>();
    List<List<String>> leftOut = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      Map<String, Prediction> clips = byClip.get(i);
      List<Prediction> kept =
          common.stream()
              .map(clip -> over(List.copyOf(classes), Objects.requireNonNull(clips.get(clip))))
              .toList();
      aligned.add(runs.get(i).with(Predictions.of(kept)));
      leftOut.add(clips.keySet().stream().filter(clip -> !common.contains(clip)).toList());
    }
    return new AlignedRuns(aligned, leftOut);
  }

  /** Returns what the page and the tables call a run: A, B and so on. */
  public static String letter(int run) {
    return run < 26 ? String.valueOf((char) ('A' + run)) : "run " + (run + 1);
  }

  /** Returns whether every run has every clip. */
  public boolean isComplete() {
    return leftOut.stream().allMatch(List::isEmpty);
  }

  private static Map<String, Prediction> byClip(ComparedRun run) {
    Map<String, Prediction> clips = new LinkedHashMap<>();
    for (Prediction prediction : run.predictions().asList()) {
      if (clips.put(prediction.clip(), prediction) != null) {
        throw new IllegalArgumentException(
            "%s: expected each clip once, found %s twice".formatted(run.name(), prediction.clip()));
      }
    }
    return clips;
  }

  private static void checkFacts(
      ComparedRun first,
      Map<String, Prediction> firsts,
      ComparedRun second,
      Map<String, Prediction> seconds,
      Set<String> clips) {
    for (String clip : clips) {
      Prediction one = Objects.requireNonNull(firsts.get(clip));
      Prediction other = Objects.requireNonNull(seconds.get(clip));
      if (!one.actual().equals(other.actual()) || !one.speaker().equals(other.speaker())) {
        throw new IllegalArgumentException(
            "clip %s is %s by speaker %s in %s, but %s by speaker %s in %s"
                .formatted(
                    clip,
                    one.actual(),
                    one.speaker(),
                    first.name(),
                    other.actual(),
                    other.speaker(),
                    second.name()));
      }
    }
  }

  private static Prediction over(List<String> classes, Prediction prediction) {
    ClassProbabilities known = prediction.probabilities();
    if (known.classes().equals(classes)) {
      return prediction;
    }
    double[] values = new double[classes.size()];
    for (int i = 0; i < known.classes().size(); i++) {
      values[classes.indexOf(known.classes().get(i))] = known.get(i);
    }
    return new Prediction(
        prediction.clip(),
        prediction.speaker(),
        prediction.fold(),
        prediction.actual(),
        ClassProbabilities.of(classes, values));
  }
}
