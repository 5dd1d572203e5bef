package dev.serenade.audit;

import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether a speaker who is tested was also learned from. */
final class SplitCheck implements Check {

  static final String SPEAKERS = "split-speakers";
  static final String VALIDATION = "validation-speakers";

  @Override
  public List<Finding> check(Evidence evidence) {
    List<Fold> folds = evidence.split().folds();
    if (folds.isEmpty()) {
      return List.of(
          new Finding(
              SPEAKERS,
              Severity.NOTE,
              "There is only one speaker, so nobody can be kept apart.",
              "Numbers made with this corpus alone say how well a model knows this one voice. Add"
                  + " speakers, or name a --protocol.",
              List.of(),
              Evidence.count("speakers", evidence.corpus().speakers().size())));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(speakers(evidence, folds));
    if (folds.stream().anyMatch(fold -> !fold.validation().isEmpty())) {
      findings.add(validation(folds));
    }
    return findings;
  }

  private static Finding speakers(Evidence evidence, List<Fold> folds) {
    Set<String> shared = new TreeSet<>();
    List<String> names = new ArrayList<>();
    List<Utterance> clips = new ArrayList<>();
    for (Fold fold : folds) {
      Set<String> here = fold.sharedSpeakers();
      if (!here.isEmpty()) {
        names.add(fold.name());
        shared.addAll(here);
        fold.test().stream().filter(clip -> here.contains(clip.speaker())).forEach(clips::add);
      }
    }
    Map<String, Double> measure = new LinkedHashMap<>();
    measure.put("speakers", (double) shared.size());
    measure.put("ofSpeakers", (double) evidence.corpus().speakers().size());
    measure.put("folds", (double) names.size());
    measure.put("ofFolds", (double) folds.size());
    if (shared.isEmpty()) {
      return Finding.ok(SPEAKERS, "No speaker is on both sides of the split.", measure);
    }
    return new Finding(
        SPEAKERS,
        Severity.FATAL,
        "%d of %d speakers are on both sides of the split, in %d of its %d folds: %s."
            .formatted(
                shared.size(),
                evidence.corpus().speakers().size(),
                names.size(),
                folds.size(),
                Evidence.some(List.copyOf(shared))),
        "The model is tested on voices it was trained on, so its numbers are too good and say nothing"
            + " of new speakers. Divide by speaker (--protocol leave-one-speaker-out or"
            + " speaker-folds:K); if these folds must be used to compare with others, say that speakers"
            + " are shared.",
        Evidence.paths(clips.stream().distinct().toList()),
        measure);
  }

  private static Finding validation(List<Fold> folds) {
    Set<String> shared = new TreeSet<>();
    for (Fold fold : folds) {
      Set<String> training = new HashSet<>();
      fold.train().forEach(clip -> training.add(clip.speaker()));
      fold.validation().stream()
          .map(Utterance::speaker)
          .filter(training::contains)
          .forEach(shared::add);
    }
    Map<String, Double> measure = Evidence.count("speakers", shared.size());
    if (shared.isEmpty()) {
      return Finding.ok(VALIDATION, "No speaker is in training and in validation.", measure);
    }
    return new Finding(
        VALIDATION,
        Severity.WARNING,
        "%d speakers are in training and in validation: %s."
            .formatted(shared.size(), Evidence.some(List.copyOf(shared))),
        "Validation then prefers what knows these voices, and chooses epoch and settings that do worse"
            + " on new ones. Hold whole speakers out.",
        folds.stream()
            .flatMap(fold -> fold.validation().stream())
            .filter(clip -> shared.contains(clip.speaker()))
            .map(Utterance::id)
            .distinct()
            .toList(),
        measure);
  }
}
