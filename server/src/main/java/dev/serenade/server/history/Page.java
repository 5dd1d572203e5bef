package dev.serenade.server.history;

import java.util.List;
import java.util.Optional;

/**
 * Some analyses of many.
 *
 * @param analyses newest first
 * @param next where the next page begins, if there is one
 */
public record Page(List<KeptAnalysis> analyses, Optional<Cursor> next) {

  /** Copies the list. */
  public Page {
    analyses = List.copyOf(analyses);
  }
}
