package dev.serenade.audit;

import dev.serenade.corpus.SkippedClip;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether every clip could be used: read from the manifest, found, decoded, and not empty. */
final class ReadingCheck implements Check {

  static final String UNREADABLE = "unreadable";
  static final String LEFT_OUT = "left-out";
  static final String EMPTY_SOUND = "empty-sound";

  @Override
  public List<Finding> check(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    findings.add(unreadable(evidence));
    findings.addAll(leftOut(evidence));
    findings.add(emptySound(evidence));
    return findings;
  }

  private static Finding unreadable(Evidence evidence) {
    List<Unreadable> unreadable = evidence.measurement().unreadable();
    Map<String, Double> measure = Evidence.count("clips", unreadable.size());
    if (unreadable.isEmpty()) {
      return Finding.ok(UNREADABLE, "Every clip can be decoded.", measure);
    }
    return new Finding(
        UNREADABLE,
        Severity.WARNING,
        "%s cannot be decoded: %s."
            .formatted(
                Evidence.clips(unreadable.size()),
                Evidence.some(unreadable.stream().map(Unreadable::reason).toList())),
        "Training would leave them out, so results would rest on fewer clips than the corpus names."
            + " Fetch the files again, or take them off the list and say so.",
        Evidence.paths(unreadable.stream().map(Unreadable::clip).toList()),
        measure);
  }

  /** Clips that the user or the reader's definition excludes are no finding. */
  private static List<Finding> leftOut(Evidence evidence) {
    Map<SkippedClip.Cause, List<SkippedClip>> causes = new EnumMap<>(SkippedClip.Cause.class);
    for (SkippedClip clip : evidence.corpus().skipped()) {
      if (clip.cause() != SkippedClip.Cause.EXCLUDED) {
        causes.computeIfAbsent(clip.cause(), cause -> new ArrayList<>()).add(clip);
      }
    }
    if (causes.isEmpty()) {
      return List.of(
          Finding.ok(LEFT_OUT, "Every clip that is listed is used.", Evidence.count("clips", 0)));
    }
    List<Finding> findings = new ArrayList<>();
    causes.forEach(
        (cause, clips) ->
            findings.add(
                new Finding(
                    LEFT_OUT,
                    cause == SkippedClip.Cause.MISSING_FILE ? Severity.WARNING : Severity.NOTE,
                    "%s left out (%s): %s."
                        .formatted(
                            Evidence.clips(clips.size()),
                            cause.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            Evidence.some(clips.stream().map(SkippedClip::toString).toList())),
                    "Results rest on fewer clips than the corpus names. Complete it, or say which"
                        + " clips were used.",
                    clips.stream().map(SkippedClip::path).toList(),
                    Evidence.count("clips", clips.size()))));
    return findings;
  }

  private static Finding emptySound(Evidence evidence) {
    List<String> empty =
        evidence.measurement().measures().stream()
            .filter(ClipMeasure::isDigitalSilence)
            .map(measure -> measure.clip().id())
            .toList();
    Map<String, Double> measure = Evidence.count("clips", empty.size());
    if (empty.isEmpty()) {
      return Finding.ok(EMPTY_SOUND, "Every clip holds sound.", measure);
    }
    return new Finding(
        EMPTY_SOUND,
        Severity.WARNING,
        "%s hold nothing but zeros: %s."
            .formatted(Evidence.clips(empty.size()), Evidence.some(empty)),
        "A model can learn their labels from silence alone. Fetch the recordings again, or leave them"
            + " out.",
        empty,
        measure);
  }
}
