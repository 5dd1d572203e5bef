package dev.serenade.stress;

import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.significance.SpeakerBootstrap;
import dev.serenade.stress.TestResult.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Whether a model serves a group as it serves everyone: a number of the group less that of all.
 *
 * <p>Both vary together when speakers are drawn anew. So that one confusion matrix holds both, each
 * class counts twice in it: as of the group, and as of the others.
 */
final class Fairness {

  /** With fewer clips in a group nothing is said of it. */
  static final int FEWEST_OF_A_GROUP = 30;

  private static final String WITHIN = "in ";
  private static final String WITHOUT = "out ";

  private final List<HeardClip> clips;
  private final List<String> classes;
  private final long seed;

  Fairness(List<HeardClip> clips, long seed) {
    this.clips = clips;
    this.classes = clips.get(0).clean().classes();
    this.seed = seed;
  }

  /** How a group's recall, of all classes and of each, lies to that of all. */
  List<TestResult> recalls(
      StressGroup group,
      String name,
      double averageLimit,
      double classLimit,
      Predicate<HeardClip> isMember) {
    List<Question> questions = new ArrayList<>();
    questions.add(
        new Question(
            group,
            "recall, " + name,
            "Unweighted average recall of %s less that of all.".formatted(name),
            "difference of recall",
            Threshold.within(averageLimit)));
    for (String label : classes) {
      questions.add(
          new Question(
              group,
              "recall of %s, %s".formatted(label, name),
              "Recall of %s of %s less that of all.".formatted(label, name),
              "difference of recall",
              Threshold.within(classLimit)));
    }
    return answers(
        questions,
        isMember,
        (matrix, i) -> i == 0 ? Metric.UNWEIGHTED_AVERAGE_RECALL.of(matrix) : matrix.recall(i - 1));
  }

  /** How often each class is said of a group, less how often of all. */
  List<TestResult> shares(
      StressGroup group, String name, double limit, Predicate<HeardClip> isMember) {
    List<Question> questions = new ArrayList<>();
    for (String label : classes) {
      questions.add(
          new Question(
              group,
              "share of %s, %s".formatted(label, name),
              "How often %s is said of %s, less how often of all.".formatted(label, name),
              "difference of shares",
              Threshold.within(limit)));
    }
    return answers(questions, isMember, Fairness::share);
  }

  private static OptionalDouble share(ConfusionMatrix matrix, int index) {
    return matrix.total() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) matrix.predicted(index) / matrix.total());
  }

  private List<TestResult> answers(
      List<Question> questions,
      Predicate<HeardClip> isMember,
      BiFunction<ConfusionMatrix, Integer, OptionalDouble> statistic) {
    List<HeardClip> members = clips.stream().filter(isMember).toList();
    if (members.size() < FEWEST_OF_A_GROUP) {
      return none(
          questions,
          members.size(),
          "%d clips; %d are needed".formatted(members.size(), FEWEST_OF_A_GROUP));
    }
    if (members.size() == clips.size()) {
      return none(questions, members.size(), "all clips are of this group");
    }
    for (String label : classes) {
      long count = members.stream().filter(m -> m.clip().emotion().name().equals(label)).count();
      if (count < Correctness.FEWEST_OF_A_CLASS) {
        return none(
            questions,
            members.size(),
            "%d clips are %s; %d are needed"
                .formatted(count, label, Correctness.FEWEST_OF_A_CLASS));
      }
    }
    Predictions both = doubled(isMember);
    ConfusionMatrix confusion = ConfusionMatrix.of(both);
    SpeakerBootstrap bootstrap = SpeakerBootstrap.of(both, seed);
    List<TestResult> results = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      int index = i;
      results.add(
          questions
              .get(i)
              .answered(
                  difference(confusion, index, statistic),
                  bootstrap.interval95(c -> difference(c, index, statistic)),
                  members.size()));
    }
    return results;
  }

  private static List<TestResult> none(List<Question> questions, int count, String reason) {
    return questions.stream().map(question -> question.notTested(reason, count)).toList();
  }

  private Predictions doubled(Predicate<HeardClip> isMember) {
    List<String> names = new ArrayList<>();
    classes.forEach(label -> names.add(WITHIN + label));
    classes.forEach(label -> names.add(WITHOUT + label));
    return Predictions.of(
        clips.stream().map(clip -> doubled(clip, isMember.test(clip), names)).toList());
  }

  private Prediction doubled(HeardClip clip, boolean member, List<String> names) {
    double[] certain = new double[names.size()];
    certain[clip.clean().topIndex() + (member ? 0 : classes.size())] = 1;
    Prediction plain = clip.labelled(clip.clean());
    return new Prediction(
        plain.clip(),
        plain.speaker(),
        plain.fold(),
        (member ? WITHIN : WITHOUT) + plain.actual(),
        ClassProbabilities.of(names, certain));
  }

  private OptionalDouble difference(
      ConfusionMatrix both,
      int index,
      BiFunction<ConfusionMatrix, Integer, OptionalDouble> statistic) {
    ConfusionMatrix group = half(both, 0);
    ConfusionMatrix all = ConfusionMatrix.sum(List.of(group, half(both, classes.size())));
    OptionalDouble ofGroup = statistic.apply(group, index);
    OptionalDouble ofAll = statistic.apply(all, index);
    return ofGroup.isEmpty() || ofAll.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(ofGroup.getAsDouble() - ofAll.getAsDouble());
  }

  private ConfusionMatrix half(ConfusionMatrix both, int from) {
    long[][] counts = new long[classes.size()][classes.size()];
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < counts.length; j++) {
        counts[i][j] = both.count(from + i, from + j);
      }
    }
    return ConfusionMatrix.of(classes, counts);
  }
}
