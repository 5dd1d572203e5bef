package dev.serenade.evaluation.comparison;

import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.PredictionsCsv;
import dev.serenade.evaluation.report.EvaluationRun;
import dev.serenade.evaluation.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One of the runs that are compared, whoever made it.
 *
 * @param name what the user calls it
 * @param title what was evaluated; empty for bare predictions
 * @param protocol by which it was evaluated, if that is known
 * @param caveats what a reader must know before any number
 * @param predictions of all folds
 */
public record ComparedRun(
    String name,
    String title,
    Optional<String> protocol,
    List<String> caveats,
    Predictions predictions) {

  private static final String RESULTS = "results.json";
  private static final String PREDICTIONS = "predictions.csv";

  /** Copies the caveats. */
  public ComparedRun {
    caveats = List.copyOf(caveats);
  }

  /** Bare predictions. */
  public ComparedRun(String name, Predictions predictions) {
    this(name, "", Optional.empty(), List.of(), predictions);
  }

  /**
   * Reads a run: the folder of a report, its {@code results.json}, or predictions in the columns of
   * {@link PredictionsCsv}, which any system can write.
   *
   * @throws IOException if there is none, or it is damaged
   */
  public static ComparedRun read(Path place) throws IOException {
    Path file = place.getFileName();
    if (Files.isDirectory(place)) {
      return Files.exists(place.resolve(RESULTS))
          ? read(place.toString(), Report.read(place))
          : new ComparedRun(place.toString(), PredictionsCsv.read(place.resolve(PREDICTIONS)));
    }
    if (file != null && file.toString().equals(RESULTS)) {
      return read(place.toString(), Report.read(place.resolveSibling("")));
    }
    return new ComparedRun(place.toString(), PredictionsCsv.read(place));
  }

  private static ComparedRun read(String name, EvaluationRun run) {
    return new ComparedRun(
        name, run.title(), Optional.of(run.protocol()), run.caveats(), run.predictions());
  }

  /** Returns whether it has probabilities, and not only the class it says. */
  boolean hasProbabilities() {
    return predictions.asList().stream()
        .anyMatch(prediction -> prediction.probabilities().confidence() < 1);
  }

  /** Returns this run with other predictions. */
  ComparedRun with(Predictions other) {
    return new ComparedRun(name, title, protocol, caveats, other);
  }
}
