package dev.serenade.audit;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Recordings that are there more than once: equal or nearly so, under two speakers or labels. */
final class CopiesCheck implements Check {

  static final String EXACT = "exact-duplicates";
  static final String NEAR = "near-duplicates";
  static final String SPEAKER_NAMES = "speaker-names";
  static final String LABELS = "duplicate-labels";

  private static final double MILLISECONDS = 1000;

  @Override
  public List<Finding> check(Evidence evidence) {
    Sides sides = new Sides(evidence.split().folds());
    List<Finding> findings = new ArrayList<>();
    findings.addAll(exact(evidence.copies().exact(), sides));
    findings.addAll(near(evidence.copies().near(), sides));
    findings.addAll(speakerNames(evidence.copies().groups(), sides));
    findings.addAll(labels(evidence.copies().groups()));
    return findings;
  }

  private static List<Finding> exact(List<List<Utterance>> groups, Sides sides) {
    if (groups.isEmpty()) {
      return List.of(
          Finding.ok(EXACT, "No two clips have equal samples.", Evidence.count("copies", 0)));
    }
    return groups.stream()
        .map(
            clips -> {
              List<String> folds = sides.foldsThatSeparate(clips);
              return duplicates(
                  EXACT,
                  clips,
                  folds,
                  "%s hold exactly the same samples%s."
                      .formatted(Evidence.some(Evidence.paths(clips)), separated(folds)),
                  Evidence.count("copies", clips.size()));
            })
        .toList();
  }

  private static List<Finding> near(List<Copies.NearGroup> groups, Sides sides) {
    if (groups.isEmpty()) {
      return List.of(
          Finding.ok(NEAR, "No two clips sound like copies.", Evidence.count("copies", 0)));
    }
    return groups.stream()
        .map(
            group -> {
              List<String> folds = sides.foldsThatSeparate(group.clips());
              return duplicates(
                  NEAR,
                  group.clips(),
                  folds,
                  "%s are copies: %s%s."
                      .formatted(
                          Evidence.some(Evidence.paths(group.clips())),
                          described(group.loosest()),
                          separated(folds)),
                  measure(group));
            })
        .toList();
  }

  private static Finding duplicates(
      String check,
      List<Utterance> clips,
      List<String> folds,
      String message,
      Map<String, Double> measure) {
    return new Finding(
        check,
        folds.isEmpty() ? Severity.WARNING : Severity.FATAL,
        message,
        folds.isEmpty()
            ? "One recording counts more than once, in training or in the result. Keep one of them; if"
                + " the corpus has another take of it, fetch that."
            : "The model is tested on a recording it was trained on. Keep one of them, or keep them on"
                + " one side.",
        Evidence.paths(clips),
        measure);
  }

  private static String separated(List<String> folds) {
    return folds.isEmpty() ? "" : ", and are on both sides of the split in " + Evidence.some(folds);
  }

  private static String described(Copies.NearPair pair) {
    Copy copy = pair.copy();
    return String.format(
        Locale.ROOT,
        "%s has the sound of %s %.0f ms %s and %.1f dB %s, and lasts %.2f s against %.2f s"
            + " (correlation %.2f, %.1f %% of fingerprint bits differ)",
        pair.second().clip().id(),
        pair.first().clip().id(),
        MILLISECONDS * Math.abs(copy.shiftSeconds()),
        copy.shiftSeconds() < 0 ? "earlier" : "later",
        Math.abs(copy.levelDifferenceDecibels()),
        copy.levelDifferenceDecibels() < 0 ? "quieter" : "louder",
        pair.second().durationSeconds(),
        pair.first().durationSeconds(),
        copy.correlation(),
        100 * pair.bitErrorRate());
  }

  private static Map<String, Double> measure(Copies.NearGroup group) {
    Map<String, Double> measure = new LinkedHashMap<>();
    measure.put("copies", (double) group.clips().size());
    measure.put("correlation", group.loosest().copy().correlation());
    measure.put("bitErrorRate", group.loosest().bitErrorRate());
    measure.put("shiftSeconds", group.loosest().copy().shiftSeconds());
    measure.put("levelDifferenceDecibels", group.loosest().copy().levelDifferenceDecibels());
    return measure;
  }

  private static List<Finding> speakerNames(List<List<Utterance>> groups, Sides sides) {
    Map<String, List<List<Utterance>>> byNames = new TreeMap<>();
    for (List<Utterance> group : groups) {
      SortedSet<String> names =
          group.stream().map(Utterance::speaker).collect(Collectors.toCollection(TreeSet::new));
      if (names.size() > 1) {
        byNames.computeIfAbsent(String.join(" and ", names), n -> new ArrayList<>()).add(group);
      }
    }
    if (byNames.isEmpty()) {
      return List.of(
          Finding.ok(
              SPEAKER_NAMES,
              "No recording is there under two speakers' names.",
              Evidence.count("recordings", 0)));
    }
    List<Finding> findings = new ArrayList<>();
    byNames.forEach(
        (names, recordings) -> {
          boolean separated =
              recordings.stream().anyMatch(group -> !sides.foldsThatSeparate(group).isEmpty());
          findings.add(
              new Finding(
                  SPEAKER_NAMES,
                  separated ? Severity.FATAL : Severity.WARNING,
                  "The speakers %s share %d recordings%s."
                      .formatted(
                          names,
                          recordings.size(),
                          separated ? ", which are on both sides of the split" : ""),
                  "They are one person, or the recordings were filed wrongly; either way a split by"
                      + " speaker does not keep them apart. Give them one name, or correct the list.",
                  recordings.stream().flatMap(List::stream).map(Utterance::id).toList(),
                  Evidence.count("recordings", recordings.size())));
        });
    return findings;
  }

  private static List<Finding> labels(List<List<Utterance>> groups) {
    List<Finding> findings = new ArrayList<>();
    for (List<Utterance> group : groups) {
      SortedSet<Emotion> emotions =
          group.stream().map(Utterance::emotion).collect(Collectors.toCollection(TreeSet::new));
      if (emotions.size() > 1) {
        findings.add(
            new Finding(
                LABELS,
                Severity.WARNING,
                "%s hold the same sound, but are labelled %s."
                    .formatted(
                        Evidence.some(Evidence.paths(group)),
                        emotions.stream().map(Emotion::name).collect(Collectors.joining(" and "))),
                "At least one label is wrong, and one of the clips is certain to count as an error."
                    + " Listen, keep one, and correct its label.",
                Evidence.paths(group),
                Evidence.count("labels", emotions.size())));
      }
    }
    return findings.isEmpty()
        ? List.of(
            Finding.ok(
                LABELS, "No recording is there with two labels.", Evidence.count("labels", 0)))
        : findings;
  }
}
