package dev.serenade.audit;

import dev.serenade.corpus.Utterance;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Something other than the voice that may give a class away.
 *
 * @param check the finding's name, such as {@code shortcut-duration}
 * @param name for people, as the subject of a sentence
 * @param values numbers, if it consists of numbers
 * @param tokens words, if it consists of words; then there are no numbers
 */
record Cue(
    String check,
    String name,
    List<ToDoubleFunction<ClipMeasure>> values,
    Function<Utterance, List<String>> tokens) {

  Cue {
    values = List.copyOf(values);
  }

  private static Cue ofNumbers(
      String check, String name, List<ToDoubleFunction<ClipMeasure>> values) {
    return new Cue(check, name, values, clip -> List.of());
  }

  /** Returns all cues. */
  static List<Cue> all() {
    return List.of(
        ofNumbers("shortcut-duration", "duration", List.of(ClipMeasure::durationSeconds)),
        ofNumbers("shortcut-level", "level", List.of(ClipMeasure::levelDecibels)),
        ofNumbers("shortcut-tilt", "spectral tilt", List.of(ClipMeasure::spectralTilt)),
        ofNumbers(
            "shortcut-silence",
            "silence at the ends",
            List.of(ClipMeasure::leadingSilenceSeconds, ClipMeasure::trailingSilenceSeconds)),
        new Cue("shortcut-speaker", "speaker identity", List.of(), clip -> List.of(clip.speaker())),
        new Cue("shortcut-text", "text", List.of(), SpokenText::tokens));
  }

  boolean isNumeric() {
    return !values.isEmpty();
  }

  /** Returns whether any clip has it. */
  boolean appliesTo(List<Utterance> clips) {
    return isNumeric() || clips.stream().anyMatch(clip -> !tokens.apply(clip).isEmpty());
  }
}
