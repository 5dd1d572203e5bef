package dev.serenade.hub;

/** What a check of a file against its hash came to. */
public enum FileState {
  /** It is what was downloaded. */
  INTACT,
  /** It is there and holds something else. */
  DAMAGED,
  /** It is not there. */
  MISSING
}
