package dev.serenade.cli.train;

import dev.serenade.cli.Version;
import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Corpus;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.evaluation.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param subject what was evaluated
 * @param protocol how the corpus was divided
 * @param caveats what to know before any number
 * @param results of each fold
 * @param details what made the numbers, besides version, corpus and time
 * @param seed of the intervals' resampling
 */
record EvaluationReport(
    String subject,
    String protocol,
    List<String> caveats,
    List<FoldResult> results,
    Map<String, String> details,
    long seed) {

  /** Writes the report's folder, and the numbers in short to stdout. */
  void write(CorpusOptions.Source source, Path folder, Terminal terminal)
      throws CannotRunException {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("serenade", Version.number());
    provenance.put("corpus", source.corpus().name());
    provenance.putAll(source.manifests());
    provenance.putAll(details);
    provenance.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    String title = source.corpus().name() + ": " + subject;
    EvaluationRun run =
        new EvaluationRun(title, protocol, caveats, results, List.of(), provenance, seed);
    try {
      Report.write(run, folder);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(folder, e), e);
    }
    caveats.forEach(terminal::errorLine);
    ScoreTable.write(
        run.predictions(),
        source.parts().stream().map(Corpus::name).toList(),
        terminal.outWriter());
    terminal.errorLine("report: " + folder.resolve("report.html"));
  }
}
