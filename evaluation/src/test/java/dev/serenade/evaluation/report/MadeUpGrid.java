package dev.serenade.evaluation.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A grid of made-up runs, three poolings by six layers. {@code main} writes its report and an
 * overview.
 */
final class MadeUpGrid {

  private static final PublishedScores PUBLISHED =
      new PublishedScores(OptionalDouble.of(0.81), OptionalDouble.of(0.8), OptionalDouble.empty());

  private MadeUpGrid() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    GridSummary summary = GridReport.write(of(), folder.resolve("base"));
    OverviewReport.write(
        "emodb, made up", List.of(new OverviewReport.Part("base", summary)), folder);
  }

  static EvaluationGrid of() {
    return of("leave-one-speaker-out");
  }

  static EvaluationGrid of(String protocol) {
    List<GridCell> cells = new ArrayList<>();
    for (String pooling : List.of("mean", "attentive", "qkv")) {
      for (int layer = 1; layer <= 6; layer++) {
        double skill = 3.2 - 0.25 * Math.abs(layer - 4) + (pooling.equals("mean") ? 0 : 0.3);
        cells.add(
            new GridCell(
                pooling,
                Integer.toString(layer),
                MadeUpRun.of(protocol, List.of(), skill),
                layer == 6 ? Optional.empty() : Optional.of(PUBLISHED)));
      }
    }
    return new EvaluationGrid(
        "emodb, whisper-base, made up", "pooling", "layer", cells, Map.of("qkv", PUBLISHED));
  }
}
