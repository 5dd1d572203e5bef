package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.ModalityComparison;
import dev.serenade.evaluation.report.ModalityReport;
import dev.serenade.evaluation.report.Report;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.training.experiment.FusedFold;
import dev.serenade.training.store.ExtractedCorpus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Evaluates by the sound, by what is said, and by both. Each has a report of its own below the
 * overview's; the two that train are not done again where they are there already, of the same clips
 * and settings.
 */
final class ModalityRun {

  private static final String LEFT_OUT = "leftOut";

  private final int threads;
  private final Terminal terminal;

  ModalityRun(int threads, Terminal terminal) {
    this.threads = threads;
    this.terminal = terminal;
  }

  /**
   * Runs both branches, fuses them, and writes all reports.
   *
   * @param audio on all clips that the encoder could hear
   * @param text on those of these that the decoder could write down
   */
  void run(RecipeEvaluation audio, TextEvaluation text, Path report)
      throws CannotRunException, InterruptedException {
    List<Utterance> clips = text.extracted().clips();
    Set<Utterance> used = new HashSet<>(clips);
    List<String> leftOut = new ArrayList<>();
    leftOut.addAll(reasons(ModalityReport.AUDIO, audio.prepared().extracted(), used));
    leftOut.addAll(reasons(ModalityReport.TEXT, text.extracted(), used));
    RecipeEvaluation same =
        new RecipeEvaluation(
            audio.prepared().keeping(clips), audio.protocol(), audio.recipe(), audio.fusion());
    String without =
        text.source().corpus().utterances().stream()
            .filter(clip -> !used.contains(clip))
            .map(Utterance::id)
            .collect(Collectors.joining(" "));
    EvaluationReport aboutAudio = without(same.about(), without);
    EvaluationReport aboutText = without(text.about(), without);
    terminal.errorLine("[1/2] audio: " + aboutAudio.subject());
    Branch.Done doneAudio =
        new Branch(aboutAudio, same.trainings())
            .runOnce(report.resolve(ModalityReport.AUDIO), true, threads, terminal);
    terminal.errorLine("[2/2] text: " + aboutText.subject());
    Branch.Done doneText =
        new Branch(aboutText, text.trainings())
            .runOnce(report.resolve(ModalityReport.TEXT), false, threads, terminal);
    try {
      List<FusedFold> fused = FusedFold.of(doneAudio.folds(), doneText.folds());
      EvaluationRun both =
          about(aboutAudio, aboutText).run(fused.stream().map(FusedFold::result).toList());
      ModalityComparison comparison =
          ModalityComparison.of(
              doneAudio.run(),
              doneText.run(),
              both,
              fused.stream().map(FusedFold::fusion).toList(),
              leftOut);
      Report.write(both, report.resolve(ModalityReport.BOTH));
      ModalityReport.write(comparison, report);
      print(comparison, report);
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("--modality both: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CannotRunException("cannot write %s: %s".formatted(report, e), e);
    }
  }

  private static List<String> reasons(
      String branch, ExtractedCorpus extracted, Set<Utterance> used) {
    return extracted.failed().stream()
        .filter(failed -> !used.contains(failed.clip()))
        .map(failed -> branch + ": " + failed.reason())
        .toList();
  }

  /** A branch of other clips is another branch. */
  private static EvaluationReport without(EvaluationReport about, String clips) {
    return clips.isEmpty() ? about : about.with(LEFT_OUT, clips);
  }

  private static EvaluationReport about(EvaluationReport audio, EvaluationReport text) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("modality", "both");
    audio.details().forEach((name, value) -> details.put("audio." + name, value));
    text.details().forEach((name, value) -> details.put("text." + name, value));
    List<String> caveats = new ArrayList<>(audio.caveats());
    text.caveats().stream().filter(caveat -> !caveats.contains(caveat)).forEach(caveats::add);
    return new EvaluationReport(
        audio.source(),
        "%s + %s".formatted(audio.subject(), text.subject()),
        audio.protocol(),
        caveats,
        details,
        audio.seed());
  }

  private void print(ModalityComparison comparison, Path report) {
    comparison.both().caveats().forEach(terminal::errorLine);
    Map<String, Predictions> rows = new LinkedHashMap<>();
    rows.put(ModalityReport.AUDIO, comparison.audio().predictions());
    rows.put(ModalityReport.TEXT, comparison.text().predictions());
    rows.put(ModalityReport.BOTH, comparison.both().predictions());
    PrintWriter out = terminal.outWriter();
    ScoreTable.write(rows, out);
    out.printf(
        Locale.ROOT,
        "weight of audio in both: %.2f (%.2f to %.2f over %d folds)%n",
        comparison.meanAudioWeight(),
        comparison.leastAudioWeight(),
        comparison.greatestAudioWeight(),
        comparison.fusions().size());
    comparison.overAudio().forEach(one -> out.println(line(ModalityReport.AUDIO, one)));
    comparison.overText().forEach(one -> out.println(line(ModalityReport.TEXT, one)));
    out.flush();
    if (comparison.overAudio().isEmpty()) {
      terminal.errorLine("not compared: only one speaker is tested");
    }
    terminal.errorLine("report: " + report.resolve("report.html"));
  }

  private static String line(String first, Comparison comparison) {
    return "%s -> both: %s".formatted(first, comparison.sentence());
  }
}
