package dev.serenade.cli.tune;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.cli.console.Version;
import dev.serenade.evaluation.figure.Figure;
import dev.serenade.evaluation.figure.SearchChart;
import dev.serenade.evaluation.page.HtmlPage;
import dev.serenade.evaluation.page.Percent;
import dev.serenade.evaluation.page.ReportFolder;
import dev.serenade.evaluation.page.Table;
import dev.serenade.evaluation.significance.Comparison;
import dev.serenade.evaluation.significance.MetricSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes {@code tune.html} and {@code tuning.json}. */
final class TuningReport {

  static final String PAGE = "tune.html";
  static final String JSON = "tuning.json";

  private static final int BEST_LISTED = 10;

  private TuningReport() {}

  /** Writes both into a folder, in place of earlier ones. */
  static void write(Tuning tuning, Path folder) throws IOException {
    Figure chart = chart(tuning);
    ReportFolder.write(
        folder,
        JSON,
        files -> {
          Files.writeString(files.resolve(PAGE), page(tuning, chart));
          Files.writeString(files.resolve(JSON), json(tuning));
          Files.writeString(
              files.resolve("figures").resolve(chart.name() + ".svg"), chart.standalone());
        });
  }

  private static Figure chart(Tuning tuning) {
    return SearchChart.of(
        "trials",
        "Unweighted average recall, validation speakers, %",
        "UA, %",
        tuning.trials().stream()
            .map(
                trial ->
                    new SearchChart.Point(
                        trial.recall(),
                        trial.isComplete(),
                        trial.candidate().differenceFrom(tuning.usual())))
            .toList());
  }

  private static String page(Tuning tuning, Figure chart) {
    Trial best = tuning.best();
    List<Importance> importance = importance(tuning);
    HtmlPage page =
        new HtmlPage("Tuning " + tuning.title())
            .caveats(List.of(tuning.caveat()))
            .heading(
                "%s · %d speakers · %d trials, %d of them given up%s"
                    .formatted(
                        tuning.protocol(),
                        tuning.defaults().predictions().bySpeaker().size(),
                        tuning.trials().size(),
                        tuning.trials().stream().filter(trial -> !trial.isComplete()).count(),
                        tuning.leftOut().isEmpty()
                            ? ""
                            : " · left out: " + String.join(", ", tuning.leftOut())))
            .cards(cards(tuning))
            .section(
                "The search",
                "Each trial is tested on speakers it was not trained on. Those that were given up"
                    + " have the score of their first folds, which may be easier or harder than all"
                    + " of them. The dashed line is the defaults.")
            .row(List.of(chart), List.of())
            .section(
                "The best",
                "Against the defaults on the same clips: the verdict asks for an interval that"
                    + " leaves out 0 and p of at most 0.05, and knows nothing of having looked at"
                    + " many trials, so of a better one among many be wary.")
            .tables(List.of(bestTable(tuning)))
            .link(
                TrialsOfRecipes.page(best.candidate().number()),
                "The report of the best, trial %d".formatted(best.candidate().number()));
    if (!importance.isEmpty()) {
      page.section(
              "Settings",
              "The mean gain over the defaults, on the same clips, of all trials with a value,"
                  + " whatever their other settings were; first the setting with most between its"
                  + " values. With few trials a value, or a search that stays near its best, this"
                  + " is a hint and no more.")
          .row(List.of(), importance.stream().map(TuningReport::table).toList());
    }
    return page.section("All trials", "In their order; trials/NNNN has the report of each.")
        .tables(List.of(allTable(tuning), spaceTable(tuning)))
        .toString();
  }

  private static List<Importance> importance(Tuning tuning) {
    List<Importance> importance = new ArrayList<>(Importance.of(tuning.space(), tuning.trials()));
    importance.sort(Comparator.comparingDouble(Importance::spread).reversed());
    return importance;
  }

  private static List<HtmlPage.Card> cards(Tuning tuning) {
    MetricSummary defaults = tuning.score(tuning.defaults());
    MetricSummary best = tuning.score(tuning.best());
    Comparison comparison = tuning.againstDefaults(tuning.best());
    return List.of(
        new HtmlPage.Card(
            "Defaults, UA", Percent.of(defaults.pooled()), Percent.of(defaults.interval95())),
        new HtmlPage.Card(
            "Best: trial " + tuning.best().candidate().number(),
            Percent.of(best.pooled()),
            Percent.of(best.interval95())),
        new HtmlPage.Card(
            "Best, corrected",
            tuning
                .bias()
                .map(bias -> Percent.of(bias.score() - bias.optimism()))
                .orElse(Percent.UNDEFINED),
            "for being the best of many"),
        new HtmlPage.Card(
            "Best against defaults", points(comparison.difference()), comparison.verdict()));
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.1f", 100 * share);
  }

  private static Table bestTable(Tuning tuning) {
    List<List<String>> rows = new ArrayList<>();
    List<Trial> complete = tuning.complete();
    List<Trial> shown =
        new ArrayList<>(complete.subList(0, Math.min(BEST_LISTED, complete.size())));
    if (!shown.contains(tuning.defaults())) {
      shown.add(tuning.defaults());
    }
    for (Trial trial : shown) {
      MetricSummary score = tuning.score(trial);
      List<String> row =
          new ArrayList<>(
              List.of(
                  Integer.toString(trial.candidate().number()),
                  trial.candidate().differenceFrom(tuning.usual())));
      boolean isDefaults = trial.equals(tuning.defaults());
      Comparison comparison = tuning.againstDefaults(trial);
      row.add(isDefaults ? "" : comparison.verdict());
      row.add(Percent.of(score.pooled()));
      row.add(Percent.of(score.interval95()));
      row.add(isDefaults ? "" : points(comparison.difference()));
      row.add(isDefaults ? "" : Percent.of(Optional.of(comparison.interval95())));
      row.add(isDefaults ? "" : String.format(Locale.ROOT, "%.3f", comparison.pValue()));
      rows.add(row);
    }
    return new Table(
        "The best trials, UA in %, all folds pooled, and what they gain over the defaults, points",
        3,
        List.of(
            "trial",
            "settings that are not the defaults",
            "verdict",
            "UA",
            "95 % interval",
            "gain",
            "95 % interval",
            "p"),
        rows);
  }

  private static Table table(Importance importance) {
    return new Table(
        importance.setting(),
        List.of("value", "trials", "mean gain, points"),
        importance.bins().stream()
            .map(
                bin ->
                    List.of(bin.values(), Integer.toString(bin.trials()), points(bin.meanGain())))
            .toList());
  }

  private static Table allTable(Tuning tuning) {
    return new Table(
        "All trials",
        4,
        List.of("trial", "from", "settings that are not the defaults", "end", "UA, %"),
        tuning.trials().stream()
            .map(
                trial ->
                    List.of(
                        Integer.toString(trial.candidate().number()),
                        trial.candidate().origin(),
                        trial.candidate().differenceFrom(tuning.usual()),
                        trial.givenUp().orElse("complete"),
                        Percent.of(trial.recall())))
            .toList());
  }

  private static Table spaceTable(Tuning tuning) {
    return new Table(
        "What was searched, as --search takes it",
        3,
        List.of("setting", "values", "default"),
        tuning.space().settings().entrySet().stream()
            .map(
                setting ->
                    List.of(
                        setting.getKey(),
                        setting.getValue().text(),
                        tuning.usual().getOrDefault(setting.getKey(), "")))
            .toList());
  }

  private static String json(Tuning tuning) {
    JsonObject root = new JsonObject();
    root.addProperty("serenade", Version.number());
    root.addProperty("title", tuning.title());
    root.addProperty("caveat", tuning.caveat());
    root.addProperty("protocol", tuning.protocol());
    root.addProperty("folds", tuning.folds());
    root.addProperty("seed", tuning.seed());
    JsonArray leftOut = new JsonArray();
    tuning.leftOut().forEach(leftOut::add);
    root.add("leftOut", leftOut);
    root.addProperty("metric", Tuning.METRIC.key());
    root.addProperty("best", tuning.best().candidate().number());
    root.addProperty("bestScore", tuning.best().recall());
    root.addProperty("defaultsScore", tuning.defaults().recall());
    tuning
        .bias()
        .ifPresent(
            bias -> {
              root.addProperty("optimism", bias.optimism());
              root.addProperty("corrected", bias.score() - bias.optimism());
            });
    root.add("againstDefaults", json(tuning.againstDefaults(tuning.best())));
    JsonArray trials = new JsonArray();
    tuning.trials().forEach(trial -> trials.add(json(tuning, trial)));
    root.add("trials", trials);
    JsonObject space = new JsonObject();
    tuning.space().settings().forEach((name, values) -> space.addProperty(name, values.text()));
    root.add("space", space);
    JsonArray settings = new JsonArray();
    importance(tuning).forEach(importance -> settings.add(json(importance)));
    root.add("settings", settings);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(root) + "\n";
  }

  private static JsonObject json(Comparison comparison) {
    JsonObject json = new JsonObject();
    json.addProperty("difference", comparison.difference());
    json.addProperty("ci95Low", comparison.interval95().low());
    json.addProperty("ci95High", comparison.interval95().high());
    json.addProperty("pValue", comparison.pValue());
    json.addProperty("verdict", comparison.verdict());
    return json;
  }

  private static JsonObject json(Tuning tuning, Trial trial) {
    JsonObject json = new JsonObject();
    json.addProperty("number", trial.candidate().number());
    json.addProperty("origin", trial.candidate().origin());
    JsonObject settings = new JsonObject();
    trial.candidate().settings().forEach(settings::addProperty);
    json.add("settings", settings);
    json.addProperty("complete", trial.isComplete());
    trial.givenUp().ifPresent(reason -> json.addProperty("givenUp", reason));
    json.addProperty("folds", trial.folds().size());
    MetricSummary score = tuning.score(trial);
    json.addProperty("score", score.pooled());
    score
        .interval95()
        .ifPresent(
            interval -> {
              json.addProperty("ci95Low", interval.low());
              json.addProperty("ci95High", interval.high());
            });
    return json;
  }

  private static JsonObject json(Importance importance) {
    JsonObject json = new JsonObject();
    json.addProperty("setting", importance.setting());
    JsonArray bins = new JsonArray();
    for (Importance.Bin bin : importance.bins()) {
      JsonObject one = new JsonObject();
      one.addProperty("values", bin.values());
      one.addProperty("trials", bin.trials());
      one.addProperty("meanGain", bin.meanGain());
      bins.add(one);
    }
    json.add("bins", bins);
    return json;
  }
}
