package dev.serenade.audit;

import dev.serenade.evaluation.page.Percent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether a cue alone predicts the class under the split; see {@link Shortcut}. */
final class ShortcutCheck implements Check {

  /** How far above chance the whole interval must lie to be more than worth knowing. */
  static final double WARNING_MARGIN = 0.05;

  /** Above what rounding makes of equal numbers. */
  private static final double ROUNDING = 1e-9;

  private static final String ADVICE =
      "A model can have that much of its score without hearing emotion in the voice. Report this number"
          + " beside the model's; take the cue away where that is possible (level: --augment gain:-10; silence:"
          + " trim; duration, speaker and text: choose the split and the clips), and see what remains.";

  private final List<Shortcut> shortcuts;

  /** Checks what was measured; cues without a measure are said to be so. */
  ShortcutCheck(List<Shortcut> shortcuts) {
    this.shortcuts = List.copyOf(shortcuts);
  }

  @Override
  public List<Finding> check(Evidence evidence) {
    return Cue.all().stream()
        .map(
            cue ->
                shortcuts.stream()
                    .filter(shortcut -> shortcut.cue().check().equals(cue.check()))
                    .findFirst()
                    .map(ShortcutCheck::finding)
                    .orElseGet(() -> unknown(cue)))
        .toList();
  }

  private static Finding unknown(Cue cue) {
    return Finding.ok(
        cue.check(),
        "What %s alone predicts was not measured: no clip has it, or there are no two sides with two classes."
            .formatted(cue.name()),
        Map.of());
  }

  private static Finding finding(Shortcut shortcut) {
    Map<String, Double> measure = new LinkedHashMap<>();
    measure.put("unweightedAverageRecall", shortcut.recall());
    measure.put("chance", shortcut.chance());
    shortcut
        .interval95()
        .ifPresent(
            interval -> {
              measure.put("ci95Low", interval.low());
              measure.put("ci95High", interval.high());
            });
    String message =
        "%s alone predicts the class with UA %s %% (95 %% interval %s), against %s by chance."
            .formatted(
                capitalised(shortcut.cue().name()),
                Percent.of(shortcut.recall()),
                Percent.of(shortcut.interval95()),
                Percent.of(shortcut.chance()));
    Severity severity = severity(shortcut);
    if (severity == Severity.OK) {
      return Finding.ok(shortcut.cue().check(), message, measure);
    }
    return new Finding(shortcut.cue().check(), severity, message, ADVICE, List.of(), measure);
  }

  static Severity severity(Shortcut shortcut) {
    Optional<Double> low =
        shortcut.interval95().map(interval -> interval.low() - shortcut.chance());
    if (low.isEmpty()) {
      return shortcut.recall() - shortcut.chance() >= WARNING_MARGIN ? Severity.NOTE : Severity.OK;
    }
    if (low.get() >= WARNING_MARGIN) {
      return Severity.WARNING;
    }
    return low.get() > ROUNDING ? Severity.NOTE : Severity.OK;
  }

  private static String capitalised(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
