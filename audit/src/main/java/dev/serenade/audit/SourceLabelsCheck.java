package dev.serenade.audit;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.emobox.EmoBoxLabels;
import dev.serenade.corpus.reader.Shemo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether all sources of a label agree: file name, table, EmoBox's lists and its map. */
final class SourceLabelsCheck implements Check {

  static final String SOURCES = "source-labels";
  static final String EMOBOX = "emobox-labels";
  static final String EMOBOX_MAP = "emobox-label-map";
  static final String EMOBOX_LISTS = "emobox-lists";

  @Override
  public List<Finding> check(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    List<Utterance> clips = evidence.corpus().utterances();
    if (clips.stream().anyMatch(clip -> clip.extras().containsKey(Shemo.JSON_COLUMN))) {
      findings.add(sources(Shemo.differences(evidence.corpus())));
    }
    evidence
        .emoBox()
        .ifPresent(
            labels -> {
              findings.add(lists(labels, clips));
              findings.add(labels(labels, clips));
              findings.add(map(labels));
            });
    return findings;
  }

  private static Finding sources(List<Utterance> differing) {
    Map<String, Double> measure = Evidence.count("clips", differing.size());
    if (differing.isEmpty()) {
      return Finding.ok(SOURCES, "File name and table give every clip one label.", measure);
    }
    return new Finding(
        SOURCES,
        Severity.WARNING,
        "%s are labelled otherwise by name and by table: %s."
            .formatted(
                Evidence.clips(differing.size()),
                Evidence.some(
                    differing.stream()
                        .map(
                            clip ->
                                "%s (%s, %s)"
                                    .formatted(
                                        clip.id(),
                                        clip.extras().get(Shemo.LETTER_COLUMN),
                                        clip.extras().get(Shemo.JSON_COLUMN)))
                        .toList())),
        "Numbers by one source cannot be compared with numbers by the other. Say which you take, or"
            + " leave these clips out.",
        Evidence.paths(differing),
        measure);
  }

  private static Finding lists(EmoBoxLabels labels, List<Utterance> clips) {
    Set<String> names = new HashSet<>();
    List<Utterance> unlisted = new ArrayList<>();
    for (Utterance clip : clips) {
      String name = EmoBoxLabels.clipName(clip.path());
      names.add(name);
      if (!labels.emotions().containsKey(name)) {
        unlisted.add(clip);
      }
    }
    SortedSet<String> missing = new TreeSet<>(labels.emotions().keySet());
    missing.removeAll(names);
    Map<String, Double> measure = new LinkedHashMap<>();
    measure.put("listed", (double) labels.emotions().size());
    measure.put("missing", (double) missing.size());
    measure.put("unlisted", (double) unlisted.size());
    if (missing.isEmpty() && unlisted.isEmpty()) {
      return Finding.ok(EMOBOX_LISTS, "EmoBox lists every clip, and no others.", measure);
    }
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add(
          "lists %s that the corpus does not have: %s"
              .formatted(Evidence.clips(missing.size()), Evidence.some(List.copyOf(missing))));
    }
    if (!unlisted.isEmpty()) {
      parts.add(
          "does not list %s of the corpus: %s"
              .formatted(Evidence.clips(unlisted.size()), Evidence.some(Evidence.paths(unlisted))));
    }
    return new Finding(
        EMOBOX_LISTS,
        Severity.NOTE,
        "EmoBox %s.".formatted(String.join("; it ", parts)),
        "Numbers on these folds are on the clips that both have. Say how many these are when comparing"
            + " with published ones.",
        Evidence.paths(unlisted),
        measure);
  }

  private static Finding labels(EmoBoxLabels labels, List<Utterance> clips) {
    List<Utterance> differing = new ArrayList<>();
    List<String> described = new ArrayList<>();
    for (Utterance clip : clips) {
      Set<Emotion> listed = labels.emotions().get(EmoBoxLabels.clipName(clip.path()));
      if (listed != null && !listed.equals(Set.of(clip.emotion()))) {
        differing.add(clip);
        described.add(
            "%s (%s here, %s there)"
                .formatted(
                    clip.id(),
                    clip.emotion(),
                    listed.stream().map(Emotion::name).collect(Collectors.joining(" and "))));
      }
    }
    Map<String, Double> measure = Evidence.count("clips", differing.size());
    if (differing.isEmpty()) {
      return Finding.ok(EMOBOX, "EmoBox's lists label every clip as the corpus does.", measure);
    }
    return new Finding(
        EMOBOX,
        Severity.WARNING,
        "%s are labelled otherwise in EmoBox's lists: %s."
            .formatted(Evidence.clips(differing.size()), Evidence.some(described)),
        "Numbers on these folds are not on the labels of the corpus. Find out which source is right,"
            + " and say which was used.",
        Evidence.paths(differing),
        measure);
  }

  private static Finding map(EmoBoxLabels labels) {
    SortedSet<String> missing = labels.missingFromMap();
    int clips = missing.stream().mapToInt(label -> labels.clips().getOrDefault(label, 0)).sum();
    Map<String, Double> measure = new LinkedHashMap<>();
    measure.put("labels", (double) missing.size());
    measure.put("clips", (double) clips);
    if (missing.isEmpty()) {
      String message =
          labels.map().isPresent()
              ? "EmoBox's label map names every label of its lists."
              : "EmoBox has no label map here.";
      return Finding.ok(EMOBOX_MAP, message, measure);
    }
    return new Finding(
        EMOBOX_MAP,
        Severity.WARNING,
        "EmoBox's label map lacks %s, which %s of its lists %s; it has %s."
            .formatted(
                missing.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ")),
                Evidence.clips(clips),
                clips == 1 ? "has" : "have",
                labels.map().orElseThrow().keySet().stream()
                    .map("\"%s\""::formatted)
                    .collect(Collectors.joining(", "))),
        "A program that reads labels through the map fails on these clips or drops them. Serenade reads"
            + " labels from the lists; numbers of others may be on fewer classes.",
        List.of(),
        measure);
  }
}
