package dev.serenade.cli.models;

import dev.serenade.corpus.reader.CorpusCard;
import dev.serenade.corpus.reader.CorpusReader;
import dev.serenade.corpus.reader.CorpusReaders;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Calibration;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.report.ClassTable;
import dev.serenade.evaluation.report.RunSummary;
import dev.serenade.evaluation.significance.MetricSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The parts of a card that were measured, or say that they were not. */
final class CardMeasurements {

  private CardMeasurements() {}

  static List<CardPart> of(CardFacts facts) {
    return List.of(
        evaluation(facts), classes(facts), calibration(facts), fairness(facts), stress(facts));
  }

  private static CardPart evaluation(CardFacts facts) {
    if (facts.evaluations().isEmpty()) {
      return new CardPart(
          "Accuracy",
          ModelCard.NOT_MEASURED + " Run `serenade evaluate` and give its report to this card.");
    }
    List<List<String>> protocols = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<String> caveats = new ArrayList<>();
    for (RunSummary run : facts.evaluations()) {
      Predictions all = run.predictions();
      protocols.add(
          List.of(
              run.run().title(),
              run.run().protocol(),
              Integer.toString(run.run().folds().size()),
              Integer.toString(all.size()),
              Integer.toString(all.bySpeaker().size())));
      run.run().caveats().forEach(caveat -> caveats.add(run.run().title() + ": " + caveat));
      EvaluatedRecipe.difference(facts.model().provenance(), run.run()).ifPresent(caveats::add);
      Map<String, Predictions> parts = byCorpus(all);
      if (parts.size() > 1) {
        parts.forEach((corpus, part) -> rows.add(accuracy(corpus, part, run.run().seed())));
      }
      rows.add(accuracy(run.run().title(), all, run.run().seed()));
    }
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "Weighted accuracy (WA), unweighted average recall (UA) and macro-F1, all folds together, with"
            + " the 95 % bootstrap interval over speakers: how far a number may move with others. A"
            + " cross-validation measures the recipe, on speakers that each fold's model was not"
            + " trained on; the protocol \"finished model\" measures a model itself.");
    paragraphs.addAll(caveats);
    return new CardPart(
        "Accuracy",
        paragraphs,
        List.of(
            new Table(
                "Accuracy, %, with 95 % intervals over speakers",
                List.of("clips of", "clips", "WA", "UA", "macro-F1"), rows),
            new Table(
                "Protocol",
                2,
                List.of("what", "protocol", "folds", "clips", "speakers"),
                protocols)));
  }

  private static List<String> accuracy(String name, Predictions predictions, long seed) {
    List<String> row = new ArrayList<>(List.of(name, Integer.toString(predictions.size())));
    for (Metric metric :
        List.of(Metric.WEIGHTED_ACCURACY, Metric.UNWEIGHTED_AVERAGE_RECALL, Metric.MACRO_F1)) {
      MetricSummary summary = MetricSummary.of(predictions, metric, seed);
      row.add(
          summary
              .interval95()
              .map(
                  i ->
                      "%s (%s)".formatted(Percent.of(summary.pooled()), Percent.of(Optional.of(i))))
              .orElse(Percent.of(summary.pooled())));
    }
    return row;
  }

  private static CardPart classes(CardFacts facts) {
    if (facts.evaluations().isEmpty()) {
      return new CardPart("Classes", ModelCard.NOT_MEASURED);
    }
    List<Table> tables = new ArrayList<>();
    for (RunSummary run : facts.evaluations()) {
      tables.add(ClassTable.of(run, run.run().title() + ", by class, %", "clips"));
    }
    return new CardPart("Classes", List.of(), tables);
  }

  private static CardPart calibration(CardFacts facts) {
    if (facts.evaluations().isEmpty()) {
      return new CardPart("Calibration", ModelCard.NOT_MEASURED);
    }
    List<List<String>> rows = new ArrayList<>();
    for (RunSummary run : facts.evaluations()) {
      Calibration calibration = run.calibration();
      rows.add(
          List.of(
              run.run().title(),
              Percent.of(calibration.expectedCalibrationError()),
              String.format(Locale.ROOT, "%.3f", calibration.brierScore()),
              String.format(Locale.ROOT, "%.3f", calibration.logLoss())));
    }
    return new CardPart(
        "Calibration",
        List.of(
            "How far confidence is from accuracy. On speech unlike the training data a model is surer"
                + " than it should be."),
        List.of(
            new Table(
                "Calibration",
                List.of(
                    "clips of",
                    "expected calibration error, points",
                    "Brier score (0 to 2)",
                    "log-loss, nats"),
                rows)));
  }

  private static CardPart fairness(CardFacts facts) {
    List<Table> tables = new ArrayList<>();
    for (RunSummary run : facts.evaluations()) {
      Map<String, String> sexes = facts.sexes();
      groups(run, "sex", clip -> Optional.ofNullable(sexes.get(clip.clip())))
          .ifPresent(tables::add);
      groups(run, "language", clip -> language(clip.clip())).ifPresent(tables::add);
    }
    List<StressResults.Test> tests =
        facts.stress().stream()
            .flatMap(stress -> stress.tests().stream())
            .filter(StressResults.Test::isOfFairness)
            .toList();
    if (!tests.isEmpty()) {
      tables.add(tests("Stress tests of fairness", tests));
    }
    if (tables.isEmpty()) {
      return new CardPart("Fairness", ModelCard.NOT_MEASURED);
    }
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        "Groups of speakers side by side. A gap may be of the group, of its few speakers, or of the"
            + " corpus that they come from; intervals are over the speakers of each group.");
    if (facts.sexes().isEmpty()) {
      paragraphs.add("Recall by sex: not measured from the predictions; give `--manifest`.");
    }
    if (tests.isEmpty()) {
      paragraphs.add("Stress tests of fairness: not measured.");
    }
    return new CardPart("Fairness", paragraphs, tables);
  }

  private static Optional<Table> groups(
      RunSummary run, String name, Function<Prediction, Optional<String>> group) {
    Map<String, List<Prediction>> groups = new TreeMap<>();
    for (Prediction prediction : run.predictions().asList()) {
      group
          .apply(prediction)
          .ifPresent(key -> groups.computeIfAbsent(key, k -> new ArrayList<>()).add(prediction));
    }
    if (groups.size() < 2) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    groups.forEach(
        (key, clips) -> {
          Predictions part = Predictions.of(clips);
          List<String> row = new ArrayList<>(accuracy(key, part, run.run().seed()));
          row.add(2, Integer.toString(part.bySpeaker().size()));
          rows.add(row);
        });
    return Optional.of(
        new Table(
            "%s, by %s, %%".formatted(run.run().title(), name),
            List.of(name, "clips", "speakers", "WA", "UA", "macro-F1"),
            rows));
  }

  private static CardPart stress(CardFacts facts) {
    if (facts.stress().isEmpty()) {
      return new CardPart("Stress tests", ModelCard.NOT_MEASURED);
    }
    StressResults stress = facts.stress().get();
    Map<String, List<StressResults.Test>> groups = new LinkedHashMap<>();
    for (StressResults.Test test : stress.tests()) {
      groups.computeIfAbsent(test.group(), group -> new ArrayList<>()).add(test);
    }
    List<List<String>> rows = new ArrayList<>();
    groups.forEach((group, tests) -> rows.add(counts(group, tests)));
    rows.add(counts("all", stress.tests()));
    List<StressResults.Test> failed =
        stress.tests().stream()
            .filter(test -> test.outcome() == StressResults.Outcome.FAILED)
            .toList();
    List<Table> tables = new ArrayList<>();
    tables.add(
        new Table(
            "Passed, by group",
            List.of("group", "passed", "failed", "not tested", "passed, %"),
            rows));
    if (!failed.isEmpty()) {
      tables.add(tests("Failed", failed));
    }
    return new CardPart(
        "Stress tests",
        List.of(
            "What the model does when speech comes with noise, codecs, rooms and other changes that"
                + " leave its emotion alone. Model %s, clips of %s."
                    .formatted(
                        stress.model().isEmpty() ? "not named" : stress.model(),
                        stress.source().isEmpty() ? "a corpus not named" : stress.source())),
        tables);
  }

  private static List<String> counts(String name, List<StressResults.Test> tests) {
    long passed = count(tests, StressResults.Outcome.PASSED);
    long failed = count(tests, StressResults.Outcome.FAILED);
    return List.of(
        name,
        Long.toString(passed),
        Long.toString(failed),
        Long.toString(count(tests, StressResults.Outcome.NOT_TESTED)),
        passed + failed == 0 ? Percent.UNDEFINED : Percent.of((double) passed / (passed + failed)));
  }

  private static long count(List<StressResults.Test> tests, StressResults.Outcome outcome) {
    return tests.stream().filter(test -> test.outcome() == outcome).count();
  }

  private static Table tests(String caption, List<StressResults.Test> tests) {
    return new Table(
        caption,
        3,
        List.of("test", "group", "outcome", "value", "expected"),
        tests.stream()
            .map(
                test ->
                    List.of(
                        test.name(),
                        test.group(),
                        test.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        test.value().isEmpty() ? Percent.UNDEFINED : test.value(),
                        test.threshold()))
            .toList());
  }

  /** Clips of pooled corpora are named for theirs: {@code emodb/wav/03a01Fa.wav}. */
  private static Map<String, Predictions> byCorpus(Predictions all) {
    Map<String, List<Prediction>> parts = new LinkedHashMap<>();
    for (Prediction prediction : all.asList()) {
      Optional<String> corpus = corpus(prediction.clip());
      if (corpus.isEmpty()) {
        return Map.of();
      }
      parts.computeIfAbsent(corpus.get(), name -> new ArrayList<>()).add(prediction);
    }
    Map<String, Predictions> result = new TreeMap<>();
    parts.forEach((name, part) -> result.put(name, Predictions.of(part)));
    return result;
  }

  private static Optional<String> corpus(String clip) {
    int slash = clip.indexOf('/');
    return slash < 0
        ? Optional.empty()
        : Optional.of(clip.substring(0, slash))
            .filter(name -> CorpusReaders.find(name).flatMap(CorpusReader::card).isPresent());
  }

  /** Returns the language of a clip of a pooled corpus that has one language. */
  private static Optional<String> language(String clip) {
    return corpus(clip)
        .flatMap(CorpusReaders::find)
        .flatMap(CorpusReader::card)
        .map(CorpusCard::languages)
        .filter(languages -> languages.size() == 1)
        .map(languages -> languages.get(0));
  }
}
