package dev.serenade.evaluation.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.ReportFolder;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.page.TableFiles;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.PairedTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * By how much a recipe looks better when speakers of the test part are also in training.
 *
 * <pre>{@code
 * gap = metric(speakers shared) - metric(speakers apart)        over the same clips, all folds pooled
 * }</pre>
 *
 * <p>Both runs predict each clip once, so they are paired, speaker by speaker. The two also differ
 * in how many clips and speakers a fold trains on, which is part of the gap.
 *
 * @param shared whose folds share speakers
 * @param apart whose folds do not
 * @param comparisons of {@code apart} with {@code shared} by UA, WA and macro-F1
 */
public record LeakageGap(EvaluationRun shared, EvaluationRun apart, List<Comparison> comparisons) {

  /** The file for programs. */
  public static final String JSON = "leakage-gap.json";

  private static final List<Metric> METRICS =
      List.of(Metric.UNWEIGHTED_AVERAGE_RECALL, Metric.WEIGHTED_ACCURACY, Metric.MACRO_F1);

  public LeakageGap {
    comparisons = List.copyOf(comparisons);
  }

  /**
   * Compares two runs of one recipe.
   *
   * @throws IllegalArgumentException if they are not over the same clips, or of one speaker only
   */
  public static LeakageGap of(EvaluationRun shared, EvaluationRun apart) {
    PairedTest test = PairedTest.of(apart.predictions(), shared.predictions(), shared.seed());
    return new LeakageGap(shared, apart, METRICS.stream().map(test::compare).toList());
  }

  /** Returns the gap as a table, a row for each metric. */
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      rows.add(
          List.of(
              comparison.metric().shortName(),
              Percent.of(comparison.second()),
              Percent.of(comparison.first()),
              points(comparison.difference()),
              "%s to %s"
                  .formatted(
                      points(comparison.interval95().low()),
                      points(comparison.interval95().high())),
              String.format(Locale.ROOT, "%.3f", comparison.pValue())));
    }
    return new Table(
        "Leakage gap, points: %s against %s, all folds pooled, 95 %% bootstrap interval over %d speakers"
            .formatted(
                Path.of(shared.protocol()).getFileName(),
                apart.protocol(),
                comparisons.get(0).speakers()),
        List.of("metric", "speakers shared, %", "speakers apart, %", "gap", "95 % interval", "p"),
        rows);
  }

  private static String points(double difference) {
    return String.format(Locale.ROOT, "%+.1f", 100 * difference);
  }

  /**
   * Writes {@code report.html}, {@code leakage-gap.json}, {@code tables.md} and {@code tables.tex}
   * to a folder, in place of earlier ones.
   */
  public void write(Path folder) throws IOException {
    String title = "Leakage gap: " + shared.title();
    ReportFolder.write(
        folder,
        JSON,
        files -> {
          Files.writeString(
              files.resolve("report.html"),
              new HtmlPage(title)
                  .caveats(shared.caveats())
                  .heading(shared.protocol() + " against " + apart.protocol())
                  .section(
                      "Gap",
                      "How much of the score is lost when nobody who is tested was trained on. Folds"
                          + " that share speakers also train on more speakers, which is part of the"
                          + " gap.")
                  .tables(List.of(table()))
                  .toString());
          Files.writeString(files.resolve(JSON), ResultsJson.text(json()));
          TableFiles.write(files, title, shared.caveats(), List.of(table()));
        });
  }

  private JsonObject json() {
    JsonObject root = new JsonObject();
    root.addProperty("title", shared.title());
    root.addProperty("shared", shared.protocol());
    root.addProperty("apart", apart.protocol());
    root.addProperty("speakers", comparisons.get(0).speakers());
    JsonArray gaps = new JsonArray();
    for (Comparison comparison : comparisons) {
      JsonObject gap = new JsonObject();
      gap.addProperty("metric", comparison.metric().key());
      gap.addProperty("shared", comparison.second());
      gap.addProperty("apart", comparison.first());
      gap.addProperty("gap", comparison.difference());
      gap.addProperty("ci95Low", comparison.interval95().low());
      gap.addProperty("ci95High", comparison.interval95().high());
      gap.addProperty("pValue", comparison.pValue());
      gaps.add(gap);
    }
    root.add("gaps", gaps);
    return root;
  }
}
