package dev.serenade.corpus;

import java.util.Locale;
import java.util.Optional;

/** The part of an experiment that a clip belongs to. */
public enum Split {
  /** Fits the model. */
  TRAIN,
  /** Chooses epoch, layer and settings. */
  VALIDATION,
  /** Touched once, at the end. */
  TEST;

  /** Returns the split of this name, {@code dev}, {@code val} and {@code evaluation} included. */
  public static Optional<Split> named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "train", "training" -> Optional.of(TRAIN);
      case "validation", "valid", "val", "dev", "development", "evaluation" ->
          Optional.of(VALIDATION);
      case "test" -> Optional.of(TEST);
      default -> Optional.empty();
    };
  }

  /** Returns the name that a manifest uses. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
