package dev.serenade.cli.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Says what to try next: the defaults, then what others have found to be good, then half by chance
 * and half near one of the best three so far.
 *
 * <p>Candidate n depends on the seed and on what the trials before it gave, not on time or on who
 * ran them when; so a search that was stopped goes on as if it had not been. Bergstra and Bengio,
 * "Random Search for Hyper-Parameter Optimization", 2012, for why chance and no grid.
 */
final class Proposals {

  private static final int BEST = 3;

  /** A space of which so many draws in a row were tried before is taken for exhausted. */
  private static final int MOST_DRAWS = 500;

  private final SearchSpace space;
  private final Map<String, String> usual;
  private final List<Map<String, String>> guesses;
  private final Predicate<Map<String, String>> usable;
  private final long seed;

  /**
   * Makes the sequence of a seed.
   *
   * @param usual the defaults, for every setting of the space, and the pooling
   * @param guesses each as it differs from the defaults; those outside the space are passed over
   * @param usable whether heads can be made with these settings
   */
  Proposals(
      SearchSpace space,
      Map<String, String> usual,
      List<Map<String, String>> guesses,
      Predicate<Map<String, String>> usable,
      long seed) {
    this.space = space;
    this.usual = Map.copyOf(usual);
    this.guesses = List.copyOf(guesses);
    this.usable = usable;
    this.seed = seed;
  }

  /** Returns what to try after these trials, or nothing if all was tried. */
  Optional<Candidate> next(List<Trial> before) {
    int number = before.size() + 1;
    Set<Map<String, String>> tried = new HashSet<>();
    before.forEach(trial -> tried.add(trial.candidate().settings()));
    if (before.isEmpty()) {
      return Optional.of(new Candidate(number, Candidate.DEFAULTS, space.relevant(usual)));
    }
    for (Map<String, String> guess : guesses) {
      if (space.contains(guess)) {
        Map<String, String> settings = completed(guess);
        if (!tried.contains(settings) && usable.test(settings)) {
          return Optional.of(new Candidate(number, "guess", settings));
        }
      }
    }
    return drawn(number, before, tried);
  }

  /** What is not searched stays as it is, whatever a guess says. */
  private Map<String, String> completed(Map<String, String> some) {
    Map<String, String> all = new LinkedHashMap<>(usual);
    some.forEach(
        (setting, value) -> {
          if (space.settings().containsKey(setting)) {
            all.put(setting, value);
          }
        });
    return space.relevant(all);
  }

  private Optional<Candidate> drawn(
      int number, List<Trial> before, Set<Map<String, String>> tried) {
    List<Trial> best = best(before);
    SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + number);
    for (int i = 0; i < MOST_DRAWS; i++) {
      boolean refine = random.nextBoolean();
      Trial parent = best.get(random.nextInt(best.size()));
      Map<String, String> settings =
          completed(
              refine ? space.mutate(parent.candidate().settings(), random) : space.draw(random));
      if (!tried.contains(settings) && usable.test(settings)) {
        String origin = refine ? "near " + parent.candidate().number() : "random";
        return Optional.of(new Candidate(number, origin, settings));
      }
    }
    return Optional.empty();
  }

  /** The first of several that are equal comes first. */
  private static List<Trial> best(List<Trial> trials) {
    List<Trial> complete = new ArrayList<>(trials.stream().filter(Trial::isComplete).toList());
    complete.sort(Comparator.comparingDouble(Trial::recall).reversed());
    return complete.subList(0, Math.min(BEST, complete.size()));
  }
}
