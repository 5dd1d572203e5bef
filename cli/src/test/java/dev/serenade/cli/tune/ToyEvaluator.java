package dev.serenade.cli.tune;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.report.FoldResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;

/**
 * Ten speakers in five folds, of whom so many clips are right as a formula says of the settings:
 * what a search sees of an encoder, in no time.
 */
final class ToyEvaluator implements Evaluator {

  static final List<String> CLASSES = List.of("angry", "sad");
  static final int FOLDS = 5;

  private static final int CLIPS_OF_SPEAKER = 40;

  private final ToDoubleFunction<Map<String, String>> skill;
  private final Map<Map<String, String>, List<FoldResult>> kept;

  /** The folds that were trained, a text for each. */
  final List<String> trained = new ArrayList<>();

  ToyEvaluator(ToDoubleFunction<Map<String, String>> skill) {
    this(skill, new HashMap<>());
  }

  ToyEvaluator(
      ToDoubleFunction<Map<String, String>> skill,
      Map<Map<String, String>, List<FoldResult>> kept) {
    this.skill = skill;
    this.kept = kept;
  }

  /** Returns one that finds what this one has kept, as after a restart. */
  ToyEvaluator restarted() {
    return new ToyEvaluator(skill, kept);
  }

  /** Returns a fold whose clips are right as often as that, by chance. */
  static FoldResult fold(int fold, double skill, long seed) {
    SplittableRandom random = new SplittableRandom(31 * seed + fold);
    return fold(fold, clip -> random.nextDouble() < skill);
  }

  /** Returns a fold whose two speakers have so many clips right, of 40. */
  static FoldResult exactFold(int fold, int right) {
    return fold(fold, clip -> clip < right);
  }

  private static FoldResult fold(int fold, IntPredicate isRight) {
    String name = "fold " + fold;
    List<Prediction> predictions = new ArrayList<>();
    for (String speaker : List.of("a" + fold, "b" + fold)) {
      for (int i = 0; i < CLIPS_OF_SPEAKER; i++) {
        int actual = i % 2;
        double ofActual = isRight.test(i) ? 0.9 : 0.1;
        double ofFirst = actual == 0 ? ofActual : 1 - ofActual;
        predictions.add(
            new Prediction(
                speaker + "-" + i,
                speaker,
                name,
                CLASSES.get(actual),
                ClassProbabilities.of(CLASSES, ofFirst, 1 - ofFirst)));
      }
    }
    return new FoldResult(name, Predictions.of(predictions));
  }

  @Override
  public int folds() {
    return FOLDS;
  }

  @Override
  public boolean isUsable(Map<String, String> settings) {
    return true;
  }

  @Override
  public List<FoldResult> kept(Candidate candidate) {
    return kept.getOrDefault(candidate.settings(), List.of());
  }

  @Override
  public List<FoldResult> test(Candidate candidate, int from, int to) {
    List<FoldResult> results = new ArrayList<>();
    for (int fold = from; fold < to; fold++) {
      trained.add(candidate.number() + "/" + fold);
      results.add(
          fold(fold, skill.applyAsDouble(candidate.settings()), candidate.settings().hashCode()));
    }
    return results;
  }

  @Override
  public int atOnce() {
    return 2;
  }

  @Override
  public void keep(Trial trial) {
    kept.put(trial.candidate().settings(), trial.folds());
  }
}
