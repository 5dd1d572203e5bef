package dev.serenade.audit;

import dev.serenade.corpus.Utterance;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a clip says, or which sentence of its corpus it is. */
final class SpokenText {

  /** Further columns by which readers and manifests name a sentence. */
  private static final List<String> CODES = List.of("sentence", "statement");

  private SpokenText() {}

  /** Returns the text in lower case, or the code of the sentence; empty if neither is known. */
  static Optional<String> of(Utterance clip) {
    return Stream.concat(
            clip.text().stream(), CODES.stream().map(clip.extras()::get).filter(Objects::nonNull))
        .map(text -> text.strip().toLowerCase(Locale.ROOT))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /** Returns the text as a whole and its words; nothing if it is not known. */
  static List<String> tokens(Utterance clip) {
    return of(clip)
        .map(
            text ->
                Stream.concat(
                        Stream.of("= " + text),
                        Stream.of(text.split("[^\\p{L}\\p{N}']+", -1)).filter(w -> !w.isEmpty()))
                    .toList())
        .orElse(List.of());
  }
}
