package dev.serenade.evaluation.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.evaluation.Metric;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.IntervalChart;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.ReportFolder;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.page.TableFiles;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.MetricSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the overview of audio, text and both: {@code report.html}, {@code results.json}, {@code
 * tables.md}, {@code tables.tex} and a figure. The report of each lies in the folder {@value
 * #AUDIO}, {@value #TEXT} or {@value #BOTH} below.
 */
public final class ModalityReport {

  /** The folder of the run that reads the encoder's states. */
  public static final String AUDIO = "audio";

  /** The folder of the run that reads the decoder's states. */
  public static final String TEXT = "text";

  /** The folder of the run that fuses the two. */
  public static final String BOTH = "both";

  /** How the two are fused, in words of mathematics. */
  private static final String RULE = "log p = w log p_audio + (1 - w) log p_text + const";

  private final ModalityComparison comparison;
  private final Map<String, EvaluationRun> runs = new LinkedHashMap<>();
  private final Map<String, List<MetricSummary>> summaries = new LinkedHashMap<>();

  private ModalityReport(ModalityComparison comparison) {
    this.comparison = comparison;
    runs.put(AUDIO, comparison.audio());
    runs.put(TEXT, comparison.text());
    runs.put(BOTH, comparison.both());
    runs.forEach(
        (name, run) -> {
          List<MetricSummary> all = MetricSummary.allOf(run.predictions(), run.seed());
          summaries.put(
              name,
              ModalityComparison.METRICS.stream().map(metric -> summary(all, metric)).toList());
        });
  }

  private static MetricSummary summary(List<MetricSummary> all, Metric metric) {
    return all.stream().filter(one -> one.metric() == metric).findFirst().orElseThrow();
  }

  /** Writes the overview to a folder, in place of an earlier one there; other files are kept. */
  public static void write(ModalityComparison comparison, Path folder) throws IOException {
    ModalityReport report = new ModalityReport(comparison);
    Figure figure = report.figure();
    ReportFolder.write(
        folder,
        Report.RESULTS,
        files -> {
          Files.writeString(files.resolve("report.html"), report.page(figure));
          Files.writeString(files.resolve(Report.RESULTS), ResultsJson.text(report.json()));
          TableFiles.write(files, report.title(), report.caveats(), report.tables());
          Report.writeFigures(files, List.of(figure));
        });
  }

  private String title() {
    return comparison.both().title();
  }

  private List<String> caveats() {
    return runs.values().stream().flatMap(run -> run.caveats().stream()).distinct().toList();
  }

  private String page(Figure figure) {
    HtmlPage page =
        new HtmlPage(title())
            .caveats(caveats())
            .heading(comparison.both().protocol())
            .section(
                "Sound, words, and both",
                "Audio: a head on the encoder's states. Text: a head on the states of the decoder's"
                    + " tokens, which come from how words sound as well as from what they mean. Both:"
                    + " their calibrated probabilities fused, "
                    + RULE
                    + "; w is chosen fold by fold on validation speakers.")
            .tables(List.of(scores()))
            .row(List.of(figure), List.of(weights()))
            .tables(testsAndGaps());
    runs.keySet().forEach(name -> page.link(name + "/report.html", "The whole report of " + name));
    return page.section("Provenance", "Of the fused run; the others are in their reports.")
        .row(List.of(), List.of(RunTables.provenance(comparison.both().provenance())))
        .toString();
  }

  private Figure figure() {
    Metric metric = Metric.UNWEIGHTED_AVERAGE_RECALL;
    int classes = comparison.both().predictions().classes().size();
    return IntervalChart.of(
        "modalities",
        "UA of audio, text and both, all folds pooled, 95 % interval over speakers",
        "UA, %",
        "chance",
        1.0 / classes,
        summaries.entrySet().stream()
            .map(
                one -> {
                  MetricSummary summary = summary(one.getValue(), metric);
                  return new IntervalChart.Row(
                      one.getKey(), summary.pooled(), summary.interval95());
                })
            .toList());
  }

  private List<Table> tables() {
    List<Table> tables = new ArrayList<>(List.of(scores(), weights()));
    tables.addAll(testsAndGaps());
    return tables;
  }

  private List<Table> testsAndGaps() {
    List<Table> tables = new ArrayList<>();
    if (!comparison.overAudio().isEmpty()) {
      tables.add(differences());
    }
    if (!comparison.leftOut().isEmpty()) {
      tables.add(
          new Table(
              "Clips that one of the two could not use, left out of all three",
              List.of("clip and reason"),
              comparison.leftOut().stream().map(List::of).toList()));
    }
    return tables;
  }

  private Table scores() {
    List<List<String>> rows = new ArrayList<>();
    summaries.forEach(
        (name, metrics) -> {
          List<String> row = new ArrayList<>(List.of(name));
          for (MetricSummary metric : metrics) {
            row.add(Percent.of(metric.pooled()));
            row.add(Percent.of(metric.interval95()));
          }
          rows.add(row);
        });
    List<String> header =
        Stream.concat(
                Stream.of(""),
                ModalityComparison.METRICS.stream()
                    .flatMap(metric -> Stream.of(metric.shortName(), "95 % interval")))
            .toList();
    Predictions predictions = comparison.both().predictions();
    return new Table(
        String.format(
            Locale.ROOT,
            "Audio, text and both, %%, all folds pooled, with 95 %% bootstrap interval: %,d clips of %d speakers",
            predictions.size(),
            predictions.bySpeaker().size()),
        header,
        rows);
  }

  private Table differences() {
    List<List<String>> rows = new ArrayList<>();
    add(rows, "both - audio", comparison.overAudio());
    add(rows, "both - text", comparison.overText());
    return new Table(
        "Differences, points, speaker by speaker; p allows for both comparisons (Holm)",
        3,
        List.of("", "metric", "verdict", "difference", "95 % interval", "p", "noise floor"),
        rows);
  }

  private static void add(List<List<String>> rows, String name, List<Comparison> comparisons) {
    for (Comparison one : comparisons) {
      rows.add(
          List.of(
              name,
              one.metric().shortName(),
              one.verdict(),
              points(one.difference()),
              "%s to %s".formatted(points(one.interval95().low()), points(one.interval95().high())),
              String.format(Locale.ROOT, "%.3f", one.pValue()),
              Percent.of(one.noiseFloor())));
    }
  }

  private static String points(double difference) {
    return String.format(Locale.ROOT, "%+.1f", 100 * difference);
  }

  private Table weights() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < comparison.fusions().size(); i++) {
      rows.add(
          List.of(
              comparison.both().folds().get(i).name(),
              decimals(comparison.fusions().get(i).firstWeight())));
    }
    rows.add(List.of("mean", decimals(comparison.meanAudioWeight())));
    return new Table(
        "Weight w of the audio in the fusion, by fold; 1 leaves the text out, 0 the audio",
        List.of("fold", "w"),
        rows);
  }

  private static String decimals(double weight) {
    return String.format(Locale.ROOT, "%.2f", weight);
  }

  private JsonObject json() {
    JsonObject root = new JsonObject();
    root.add("caveats", ResultsJson.strings(caveats()));
    root.addProperty("title", title());
    root.addProperty("protocol", comparison.both().protocol());
    Predictions predictions = comparison.both().predictions();
    root.add("classes", ResultsJson.strings(predictions.classes()));
    root.addProperty("utterances", predictions.size());
    root.addProperty("speakers", predictions.bySpeaker().size());
    JsonObject modalities = new JsonObject();
    summaries.forEach(
        (name, metrics) -> {
          JsonObject summary = new JsonObject();
          metrics.forEach(one -> summary.add(one.metric().key(), ResultsJson.metric(one)));
          JsonObject modality = new JsonObject();
          modality.addProperty("report", name);
          modality.add("summary", summary);
          modalities.add(name, modality);
        });
    root.add("modalities", modalities);
    root.add("fusion", fusion());
    JsonArray comparisons = new JsonArray();
    if (!comparison.overAudio().isEmpty()) {
      comparisons.add(json(AUDIO, comparison.overAudio()));
      comparisons.add(json(TEXT, comparison.overText()));
    }
    root.add("comparisons", comparisons);
    root.add("leftOut", ResultsJson.strings(comparison.leftOut()));
    JsonObject provenance = new JsonObject();
    comparison.both().provenance().forEach(provenance::addProperty);
    root.add("provenance", provenance);
    return root;
  }

  private JsonObject fusion() {
    JsonObject fusion = new JsonObject();
    fusion.addProperty("rule", RULE);
    fusion.addProperty("meanAudioWeight", comparison.meanAudioWeight());
    JsonArray folds = new JsonArray();
    for (int i = 0; i < comparison.fusions().size(); i++) {
      JsonObject fold = new JsonObject();
      fold.addProperty("name", comparison.both().folds().get(i).name());
      fold.addProperty("audioWeight", comparison.fusions().get(i).firstWeight());
      folds.add(fold);
    }
    fusion.add("folds", folds);
    return fusion;
  }

  private static JsonObject json(String first, List<Comparison> comparisons) {
    JsonObject json = new JsonObject();
    json.addProperty("first", first);
    json.addProperty("second", BOTH);
    json.addProperty("correction", "holm");
    JsonArray measures = new JsonArray();
    for (Comparison one : comparisons) {
      JsonObject measure = new JsonObject();
      measure.addProperty("measure", one.metric().key());
      measure.addProperty("first", one.first());
      measure.addProperty("second", one.second());
      measure.addProperty("difference", one.difference());
      measure.addProperty("ci95Low", one.interval95().low());
      measure.addProperty("ci95High", one.interval95().high());
      measure.addProperty("pValue", one.pValue());
      measure.add("noiseFloor", ResultsJson.number(one.noiseFloor()));
      measure.addProperty("differenceShown", one.differenceShown());
      measure.addProperty("verdict", one.verdict());
      measures.add(measure);
    }
    json.add("measures", measures);
    return json;
  }
}
