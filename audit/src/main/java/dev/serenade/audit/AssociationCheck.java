package dev.serenade.audit;

import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Whether who speaks, or what is said, goes with the label; see {@link Contingency}. */
final class AssociationCheck implements Check {

  static final String SPEAKER = "speaker-label";
  static final String TEXT = "text-label";

  static final double WARNING_V = 0.3;
  static final double NOTE_V = 0.1;
  static final double LEVEL = 0.01;

  @Override
  public List<Finding> check(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        finding(
            SPEAKER,
            "speaker",
            evidence,
            clip -> Optional.of(clip.speaker()),
            "A model that knows the voice knows part of the label, and a split by speaker tests on"
                + " other proportions of classes than it trains on. Balance classes within speakers, or"
                + " report results per speaker."));
    findings.add(
        finding(
            TEXT,
            "text",
            evidence,
            SpokenText::of,
            "A model may learn what is said instead of how it is said, and Whisper's encoder hears"
                + " words well. Test on texts that are not in training, or on texts that occur with"
                + " every label."));
    return findings;
  }

  private static Finding finding(
      String check,
      String property,
      Evidence evidence,
      Function<Utterance, Optional<String>> of,
      String advice) {
    List<String> values = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    SortedMap<String, List<Utterance>> clips = new TreeMap<>();
    for (Utterance clip : evidence.corpus().utterances()) {
      of.apply(clip)
          .ifPresent(
              value -> {
                values.add(value);
                labels.add(clip.emotion().name());
                clips.computeIfAbsent(value, v -> new ArrayList<>()).add(clip);
              });
    }
    if (values.isEmpty()) {
      return Finding.ok(check, "No clip's %s is known.".formatted(property), Map.of());
    }
    Contingency contingency = Contingency.of(values, labels, evidence.seed());
    SortedMap<String, List<Utterance>> single = new TreeMap<>();
    clips.forEach(
        (value, all) -> {
          if (all.size() > 1 && all.stream().map(Utterance::emotion).distinct().count() == 1) {
            single.put(value, all);
          }
        });
    Map<String, Double> measure = new LinkedHashMap<>();
    measure.put("cramersV", contingency.v());
    measure.put("pValue", contingency.pValue());
    measure.put(property + "s", (double) clips.size());
    measure.put(property + "sOfOneClass", (double) single.size());
    String message =
        String.format(
            Locale.ROOT,
            "%s and label: Cramér's V %.2f (p = %.3f); of %d %ss, %d occur more than once and with one"
                + " label only%s.",
            property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1),
            contingency.v(),
            contingency.pValue(),
            clips.size(),
            property,
            single.size(),
            single.isEmpty() ? "" : ": " + Evidence.some(List.copyOf(single.keySet())));
    Severity severity = severity(contingency);
    if (severity == Severity.OK) {
      return Finding.ok(check, message, measure);
    }
    return new Finding(
        check,
        severity,
        message,
        advice,
        single.values().stream().flatMap(List::stream).map(Utterance::id).toList(),
        measure);
  }

  private static Severity severity(Contingency contingency) {
    if (contingency.pValue() > LEVEL || contingency.v() < NOTE_V) {
      return Severity.OK;
    }
    return contingency.v() >= WARNING_V ? Severity.WARNING : Severity.NOTE;
  }
}
