package dev.serenade.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.evaluation.report.FoldResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

final class SearchTest {

  private static final SearchSpace SPACE = SearchSpace.standard(6);

  /** One setting is clearly better than the others. */
  private static double skill(Map<String, String> settings) {
    double layer = "5".equals(settings.get(SearchSpace.LAYER)) ? 0.12 : 0;
    double pooling = "mean".equals(settings.get(SearchSpace.POOLING)) ? 0.1 : 0;
    return 0.7 + layer + pooling;
  }

  private static Map<String, String> usual() {
    Map<String, String> usual = new LinkedHashMap<>();
    SPACE.settings().forEach((name, values) -> usual.put(name, values.samples().get(0)));
    usual.put(SearchSpace.POOLING, "qkv");
    usual.put(SearchSpace.LAYER, "3");
    return usual;
  }

  private static List<Trial> search(
      long seed, int trials, Evaluator evaluator, BooleanSupplier stop) throws Exception {
    return search(SPACE, seed, trials, evaluator, stop);
  }

  private static List<Trial> search(
      SearchSpace space, long seed, int trials, Evaluator evaluator, BooleanSupplier stop)
      throws Exception {
    Proposals proposals =
        new Proposals(space, usual(), SearchSpace.guesses(6), evaluator::isUsable, seed);
    return new Search(proposals, new Race(seed), evaluator, OptionalInt.of(trials), stop)
        .run((trial, best, before) -> {});
  }

  @Test
  void theDefaultsComeFirstThenGuessesThenTheRest() throws Exception {
    List<Trial> trials = search(1, 20, new ToyEvaluator(SearchTest::skill), () -> false);
    List<String> origins = trials.stream().map(trial -> trial.candidate().origin()).toList();

    assertThat(origins.get(0)).isEqualTo(Candidate.DEFAULTS);
    assertThat(origins.subList(1, 8)).containsOnly("guess");
    assertThat(origins.subList(8, 20)).contains("random").anyMatch(o -> o.startsWith("near "));
    assertThat(trials.stream().map(trial -> trial.candidate().settings()).distinct()).hasSize(20);
  }

  @Test
  void theSeedDecidesTheSequence() throws Exception {
    List<Trial> one = search(4, 15, new ToyEvaluator(SearchTest::skill), () -> false);
    List<Trial> again = search(4, 15, new ToyEvaluator(SearchTest::skill), () -> false);
    List<Trial> other = search(5, 15, new ToyEvaluator(SearchTest::skill), () -> false);

    assertThat(again).isEqualTo(one);
    assertThat(other.subList(0, 8)).isEqualTo(one.subList(0, 8));
    assertThat(other.subList(8, 15)).isNotEqualTo(one.subList(8, 15));
  }

  @Test
  void whatIsClearlyBetterIsFound() throws Exception {
    SearchSpace small =
        SPACE.without(Set.of("heads", "head-dim", "projection", "epochs", "weight-decay", "mixup"));
    List<Trial> trials = search(small, 2, 60, new ToyEvaluator(SearchTest::skill), () -> false);
    Map<String, String> best = Trial.best(trials).orElseThrow().candidate().settings();

    assertThat(best).containsEntry(SearchSpace.POOLING, "mean").containsEntry("layer", "5");
    assertThat(trials).anyMatch(trial -> !trial.isComplete());
  }

  @Test
  void aSearchThatWasStoppedGoesOnAsIfItHadNotBeen() throws Exception {
    ToyEvaluator unbroken = new ToyEvaluator(SearchTest::skill);
    List<Trial> expected = search(3, 25, unbroken, () -> false);
    for (int checks : new int[] {1, 2, 14, 30}) {
      ToyEvaluator first = new ToyEvaluator(SearchTest::skill);
      AtomicInteger left = new AtomicInteger(checks);
      List<Trial> before = search(3, 25, first, () -> left.getAndDecrement() <= 0);
      ToyEvaluator second = first.restarted();
      List<Trial> all = search(3, 25, second, () -> false);

      assertThat(before).hasSizeLessThan(25).isEqualTo(expected.subList(0, before.size()));
      assertThat(all).isEqualTo(expected);
      assertThat(second.trained)
          .as("nothing that was kept is trained again")
          .noneMatch(
              fold -> Integer.parseInt(fold.substring(0, fold.indexOf('/'))) <= before.size());
    }
  }

  @Test
  void aSpaceThatIsExhaustedEndsTheSearch() throws Exception {
    SearchSpace small =
        new SearchSpace(Map.of(SearchSpace.POOLING, new Words(List.of("qkv", "mean", "linear"))));
    ToyEvaluator evaluator = new ToyEvaluator(settings -> 0.7);
    Proposals proposals =
        new Proposals(small, Map.of(SearchSpace.POOLING, "qkv"), List.of(), s -> true, 1);
    List<Trial> trials =
        new Search(proposals, new Race(1), evaluator, OptionalInt.empty(), () -> false)
            .run((trial, best, before) -> {});

    assertThat(trials).hasSize(3);
  }

  @Test
  void whatCannotBeMadeIsNotTried() {
    Proposals proposals =
        new Proposals(
            SPACE,
            usual(),
            SearchSpace.guesses(6),
            settings -> "statistics".equals(settings.get(SearchSpace.POOLING)),
            1);
    Trial defaults = trial(1, 0.7, ToyEvaluator.FOLDS);

    for (int number = 2; number < 10; number++) {
      List<Trial> before = new ArrayList<>(List.of(defaults));
      assertThat(proposals.next(before).orElseThrow().settings())
          .containsEntry(SearchSpace.POOLING, "statistics");
    }
  }

  @Test
  void whatIsFarBehindIsGivenUp() {
    Optional<String> verdict = new Race(1).verdict(folds(0.6, 2, 2), trial(7, 0.9, 5));

    assertThat(verdict.orElseThrow()).matches("[0-9.]+ points behind trial 7 after 2 folds");
  }

  @Test
  void whatIsAheadOrAlikeGoesOn() {
    Trial best = trial(1, 0.8, 5);

    assertThat(new Race(1).verdict(folds(0.95, 2, 2), best)).isEmpty();
    assertThat(new Race(1).verdict(best.folds().subList(0, 2), best)).isEmpty();
  }

  @Test
  void aLittleBehindIsGivenUpIfTheSpeakersAgree() {
    Trial best = exact(1, 36, 36, 36, 36, 36);

    assertThat(new Race(1).verdict(exact(2, 35, 35).folds(), best).orElseThrow())
        .isEqualTo("2.5 points behind trial 1 after 2 folds");
    assertThat(new Race(1).verdict(exact(2, 40, 31).folds(), best))
        .as("speakers who do not agree")
        .isEmpty();
    assertThat(new Race(1).verdict(exact(2, 35).folds(), best)).as("two speakers").isEmpty();
  }

  /** Returns a trial in whose folds each speaker has so many clips right, of 40. */
  private static Trial exact(int number, int... right) {
    List<FoldResult> folds = new ArrayList<>();
    for (int fold = 0; fold < right.length; fold++) {
      folds.add(ToyEvaluator.exactFold(fold, right[fold]));
    }
    return new Trial(
        new Candidate(number, "random", SPACE.relevant(usual())), folds, Optional.empty());
  }

  @Test
  void settingsAreJudgedByTheirGainOnTheSameClips() throws Exception {
    List<Trial> trials = search(2, 40, new ToyEvaluator(SearchTest::skill), () -> false);
    Importance pooling = Importance.of(SPACE, trials).get(0);

    assertThat(pooling.setting()).isEqualTo(SearchSpace.POOLING);
    assertThat(pooling.bins().stream().mapToInt(Importance.Bin::trials).sum()).isEqualTo(40);
    double mean = gain(pooling, "mean");
    assertThat(mean).isGreaterThan(gain(pooling, "attentive") + 0.05);
  }

  private static double gain(Importance importance, String value) {
    return importance.bins().stream()
        .filter(bin -> bin.values().equals(value))
        .findFirst()
        .orElseThrow()
        .meanGain();
  }

  private static List<FoldResult> folds(double skill, int count, long seed) {
    List<FoldResult> folds = new ArrayList<>();
    for (int fold = 0; fold < count; fold++) {
      folds.add(ToyEvaluator.fold(fold, skill, seed));
    }
    return folds;
  }

  private static Trial trial(int number, double skill, int folds) {
    return new Trial(
        new Candidate(number, "random", SPACE.relevant(usual())),
        folds(skill, folds, 1),
        Optional.empty());
  }
}
