package dev.serenade.corpus.reader;

import java.util.Collection;
import java.util.Comparator;

/**
 * What one may do with a corpus, as far as it is known. No legal advice: the authors' page decides.
 *
 * @param name such as {@code CC BY-NC-SA 4.0}
 * @param use what it allows
 * @param terms the rest that must be known, in a sentence
 */
public record Licence(String name, Use use, String terms) {

  /** What a licence allows, from the most to the least. */
  public enum Use {
    /** Commercial use too. */
    ANY("any use"),
    /** Anything that is not commercial. */
    NON_COMMERCIAL("non-commercial use"),
    /** Research only. */
    RESEARCH("research"),
    /** Not known to us, so nothing until the authors have been asked. */
    UNKNOWN("see the authors' page");

    private final String words;

    Use(String words) {
      this.words = words;
    }

    /** Returns it in words. */
    public String words() {
      return words;
    }

    /** Returns what is left of what several licences allow: the least of them. */
    public static Use strictest(Collection<Use> uses) {
      return uses.stream().max(Comparator.naturalOrder()).orElse(ANY);
    }
  }

  /** Returns it in one line. */
  public String line() {
    return "%s: %s. %s".formatted(name, use.words(), terms);
  }
}
