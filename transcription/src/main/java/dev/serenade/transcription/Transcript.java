package dev.serenade.transcription;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is said in a recording, or in a part of it.
 *
 * @param text without blanks around it; empty if nothing is said
 * @param language its code, such as {@code en}, told or detected; empty if the model knows English
 *     alone, or nothing was heard
 */
public record Transcript(String text, Optional<String> language) {

  /** What is said where there is nothing to hear. */
  public static final Transcript NOTHING = new Transcript("", Optional.empty());

  /** Returns parts that follow one another as one, in the language of the first that has one. */
  public static Transcript joined(List<Transcript> parts) {
    String text =
        parts.stream()
            .map(Transcript::text)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return new Transcript(
        text, parts.stream().flatMap(part -> part.language().stream()).findFirst());
  }
}
