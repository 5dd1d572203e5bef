package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.cli.console.Version;
import dev.serenade.cli.corpus.CorpusOptions;
import dev.serenade.corpus.Corpus;
import dev.serenade.evaluation.explanation.ExplanationTest;
import dev.serenade.evaluation.explanation.Faithfulness;
import dev.serenade.evaluation.report.Benchmark;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.evaluation.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation is about, whatever it finds.
 *
 * @param source which clips
 * @param subject what is evaluated
 * @param protocol how the corpus is divided
 * @param caveats what to know before any number
 * @param details what makes the numbers, besides version, corpus and time
 * @param seed of the intervals' resampling
 * @param explanation how faithful the model's explanations are, if that was tested
 * @param benchmark whose rules it follows, if any
 */
record EvaluationReport(
    CorpusOptions.Source source,
    String subject,
    String protocol,
    List<String> caveats,
    Map<String, String> details,
    long seed,
    Optional<ExplanationTest> explanation,
    Benchmark benchmark) {

  private static final String TIME = "time";

  /** What an evaluation is about that tests no explanations and follows no benchmark. */
  EvaluationReport(
      CorpusOptions.Source source,
      String subject,
      String protocol,
      List<String> caveats,
      Map<String, String> details,
      long seed) {
    this(source, subject, protocol, caveats, details, seed, Optional.empty(), Benchmark.NONE);
  }

  /** Returns this with a test of the model's explanations, if there was one. */
  EvaluationReport explainedBy(Optional<ExplanationTest> test) {
    return new EvaluationReport(source, subject, protocol, caveats, details, seed, test, benchmark);
  }

  /** Returns this beside a benchmark. */
  EvaluationReport with(Benchmark other) {
    return new EvaluationReport(
        source, subject, protocol, caveats, details, seed, explanation, other);
  }

  /** Returns this with one more thing that makes the numbers. */
  EvaluationReport with(String detail, String value) {
    Map<String, String> more = new LinkedHashMap<>(details);
    more.put(detail, value);
    return new EvaluationReport(
        source, subject, protocol, caveats, more, seed, explanation, benchmark);
  }

  /** Puts the results of the folds into it. */
  EvaluationRun run(List<FoldResult> results) {
    Map<String, String> provenance = provenance();
    provenance.put(TIME, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return new EvaluationRun(
        source.corpus().name() + ": " + subject,
        protocol,
        caveats,
        results,
        provenance,
        seed,
        explanation,
        benchmark);
  }

  /** Returns whether a run is what this evaluation would give, but for the time. */
  boolean isAbout(EvaluationRun run) {
    Map<String, String> provenance = new LinkedHashMap<>(run.provenance());
    provenance.remove(TIME);
    return run.protocol().equals(protocol) && provenance.equals(provenance());
  }

  private Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("serenade", Version.number());
    provenance.put("corpus", source.corpus().name());
    provenance.putAll(source.manifests());
    provenance.putAll(details);
    return provenance;
  }

  private static String sentence(Faithfulness one) {
    return String.format(
        Locale.ROOT,
        "explanation by %s, %d clips: %s (%+.1f %%%s)",
        one.explanation(),
        one.clips(),
        one.verdict(),
        100 * one.deletionScore(),
        one.deletionInterval()
            .map(i -> String.format(Locale.ROOT, ", %+.1f to %+.1f", 100 * i.low(), 100 * i.high()))
            .orElse(""));
  }

  /** Writes the report's folder, and the numbers in short to stdout. */
  void write(List<FoldResult> results, Path folder, Terminal terminal) throws CannotRunException {
    EvaluationRun run = run(results);
    try {
      Report.write(run, folder);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(folder, e), e);
    }
    print(run, folder, terminal);
  }

  /** Writes the numbers of a report that is written in short to stdout. */
  void print(EvaluationRun run, Path folder, Terminal terminal) {
    run.caveats().forEach(terminal::errorLine);
    ScoreTable.write(
        run.label(),
        run.predictions(),
        source.parts().stream().map(Corpus::name).toList(),
        terminal.outWriter());
    explanation.ifPresent(
        test -> test.faithfulness(seed).forEach(one -> terminal.errorLine(sentence(one))));
    terminal.errorLine("report: " + folder.resolve("report.html"));
  }
}
