package dev.serenade.corpus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The columns of a CSV manifest that mean something to us, in the order we write them. */
enum ManifestColumn {
  PATH,
  SPEAKER,
  EMOTION,
  SESSION,
  SPLIT,
  SEX,
  LANGUAGE,
  TEXT,
  START,
  END,
  CHANNEL;

  static Optional<ManifestColumn> of(String header) {
    return Arrays.stream(values()).filter(c -> c.label().equalsIgnoreCase(header)).findFirst();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean isRequired() {
    return compareTo(EMOTION) <= 0;
  }

  /** Returns a clip's value as it is written, or nothing if it has none. */
  Optional<String> valueOf(Utterance utterance) {
    return switch (this) {
      case PATH -> Optional.of(utterance.id());
      case SPEAKER -> Optional.of(utterance.speaker());
      case EMOTION -> Optional.of(utterance.emotion().name());
      case SESSION -> utterance.session();
      case SPLIT -> utterance.split().map(Split::label);
      case SEX -> utterance.sex();
      case LANGUAGE -> utterance.language();
      case TEXT -> utterance.text();
      case START -> text(utterance.startSeconds());
      case END -> text(utterance.endSeconds());
      case CHANNEL -> text(utterance.channel());
    };
  }

  private static Optional<String> text(OptionalDouble number) {
    return number.isPresent()
        ? Optional.of(Double.toString(number.getAsDouble()))
        : Optional.empty();
  }

  private static Optional<String> text(OptionalInt number) {
    return number.isPresent() ? Optional.of(Integer.toString(number.getAsInt())) : Optional.empty();
  }
}
