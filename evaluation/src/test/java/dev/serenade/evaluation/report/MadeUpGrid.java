package dev.serenade.evaluation.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A grid of made-up runs, three poolings by six layers. {@code main} writes its report. */
final class MadeUpGrid {

  private MadeUpGrid() {}

  public static void main(String[] arguments) throws IOException {
    GridReport.write(of(), Path.of(arguments[0]));
  }

  static EvaluationGrid of() {
    List<GridCell> cells = new ArrayList<>();
    for (String pooling : List.of("mean", "attentive", "qkv")) {
      for (int layer = 1; layer <= 6; layer++) {
        double skill = 3.2 - 0.25 * Math.abs(layer - 4) + (pooling.equals("mean") ? 0 : 0.3);
        cells.add(
            new GridCell(
                pooling,
                Integer.toString(layer),
                MadeUpRun.of("leave-one-speaker-out", List.of(), skill),
                layer == 6 ? Optional.empty() : Optional.of(new GridCell.Published(0.81, 0.8))));
      }
    }
    return new EvaluationGrid("emodb, whisper-base, made up", "pooling", "layer", cells);
  }
}
