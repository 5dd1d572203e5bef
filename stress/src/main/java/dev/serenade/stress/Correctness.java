package dev.serenade.stress;

import dev.serenade.evaluation.ConfusionMatrix;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.significance.SpeakerBootstrap;
import dev.serenade.stress.TestResult.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Whether a model is right often enough, and says each class about as often as it occurs. */
final class Correctness {

  private static final StressGroup GROUP = StressGroup.CORRECTNESS;
  private static final Threshold ENOUGH = Threshold.atLeast(0.5);
  private static final Threshold SHARES = Threshold.within(0.15);
  private static final Threshold SPEAKER_SHARES = Threshold.atMost(0.1);

  /** With fewer clips of a class nothing is said of it. */
  static final int FEWEST_OF_A_CLASS = 5;

  /** With fewer clips of any class a speaker's shares say nothing, as in the catalogue. */
  private static final int FEWEST_OF_A_SPEAKER = 8;

  private final Predictions predictions;
  private final ConfusionMatrix confusion;
  private final SpeakerBootstrap bootstrap;
  private final List<TestResult> results = new ArrayList<>();

  private Correctness(Predictions predictions, long seed) {
    this.predictions = predictions;
    this.confusion = ConfusionMatrix.of(predictions);
    this.bootstrap = SpeakerBootstrap.of(predictions, seed);
  }

  /** Runs the tests on what was said of clips as they are. */
  static List<TestResult> of(Predictions predictions, long seed) {
    return new Correctness(predictions, seed).run();
  }

  private List<TestResult> run() {
    measure(
        new Question(
            GROUP, "average recall", "The mean of the classes' recalls.", "recall", ENOUGH),
        Metric.UNWEIGHTED_AVERAGE_RECALL::of);
    measure(
        new Question(
            GROUP,
            "average precision",
            "The mean of the classes' precisions.",
            "precision",
            ENOUGH),
        Correctness::averagePrecision);
    for (int i = 0; i < confusion.classes().size(); i++) {
      testClass(i, confusion.classes().get(i));
    }
    return results;
  }

  private void testClass(int index, String name) {
    Question recall =
        new Question(
            GROUP,
            "recall of " + name,
            "Of what is %s, so much is said to be.".formatted(name),
            "recall",
            ENOUGH);
    Question precision =
        new Question(
            GROUP,
            "precision of " + name,
            "Of what is said to be %s, so much is.".formatted(name),
            "precision",
            ENOUGH);
    Question share =
        new Question(
            GROUP,
            "share of " + name,
            "How much more often %s is said than it occurs.".formatted(name),
            "difference of shares",
            SHARES);
    Question speakers =
        new Question(
            GROUP,
            "share of %s by speaker".formatted(name),
            "The same, speaker by speaker: the mean of its size.",
            "mean difference of shares",
            SPEAKER_SHARES);
    long support = confusion.support(index);
    if (support < FEWEST_OF_A_CLASS) {
      String reason = "%d clips are %s; %d are needed".formatted(support, name, FEWEST_OF_A_CLASS);
      for (Question question : List.of(recall, precision, share, speakers)) {
        results.add(question.notTested(reason, (int) support));
      }
      return;
    }
    results.add(
        recall.answered(
            confusion.recall(index), bootstrap.interval95(c -> c.recall(index)), (int) support));
    results.add(
        precision.answered(
            confusion.precision(index),
            bootstrap.interval95(c -> c.precision(index)),
            (int) confusion.predicted(index)));
    measure(share, c -> shareDifference(c, index));
    results.add(speakerShares(speakers, index));
  }

  private void measure(Question question, Function<ConfusionMatrix, OptionalDouble> statistic) {
    results.add(
        question.answered(
            statistic.apply(confusion), bootstrap.interval95(statistic), predictions.size()));
  }

  private TestResult speakerShares(Question question, int index) {
    List<ConfusionMatrix> speakers =
        predictions.bySpeaker().values().stream()
            .map(ConfusionMatrix::of)
            .filter(Correctness::hasEnoughOfEach)
            .toList();
    if (speakers.size() < 2) {
      return question.notTested(
          "%d speakers have %d clips of each class; 2 are needed"
              .formatted(speakers.size(), FEWEST_OF_A_SPEAKER),
          predictions.size());
    }
    OptionalDouble mean =
        speakers.stream()
            .mapToDouble(c -> Math.abs(shareDifference(c, index).orElseThrow()))
            .average();
    return question.answered(
        mean, Optional.empty(), (int) speakers.stream().mapToLong(ConfusionMatrix::total).sum());
  }

  private static boolean hasEnoughOfEach(ConfusionMatrix speaker) {
    return IntStream.range(0, speaker.classes().size())
        .allMatch(i -> speaker.support(i) >= FEWEST_OF_A_SPEAKER);
  }

  private static OptionalDouble averagePrecision(ConfusionMatrix confusion) {
    return IntStream.range(0, confusion.classes().size())
        .mapToObj(confusion::precision)
        .flatMapToDouble(OptionalDouble::stream)
        .average();
  }

  private static OptionalDouble shareDifference(ConfusionMatrix confusion, int index) {
    return confusion.total() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            (double) (confusion.predicted(index) - confusion.support(index)) / confusion.total());
  }
}
