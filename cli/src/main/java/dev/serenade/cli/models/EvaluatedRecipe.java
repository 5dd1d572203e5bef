package dev.serenade.cli.models;

import dev.serenade.evaluation.report.EvaluationRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether an evaluation is of a model, or of the recipe that made it, and not of another. */
final class EvaluatedRecipe {

  /** What the provenance of a report of a finished model calls that of the model. */
  private static final String OF_MODEL = "model.";

  private static final String TRAINED_AT = "trainedAt";

  /** What may differ between a model and an evaluation of its recipe. */
  private static final Set<String> OTHERWISE = Set.of("serenade", "time", "bestEpoch", TRAINED_AT);

  private EvaluatedRecipe() {}

  /** Returns a sentence on what differs; nothing if the evaluation fits the model. */
  static Optional<String> difference(Map<String, String> model, EvaluationRun run) {
    Map<String, String> evaluated = run.provenance();
    String trainedAt = evaluated.get(OF_MODEL + TRAINED_AT);
    if (trainedAt != null) {
      return trainedAt.equals(model.get(TRAINED_AT))
          ? Optional.empty()
          : Optional.of(
              "%s: this is another model, trained at %s.".formatted(run.title(), trainedAt));
    }
    List<String> differences = new ArrayList<>();
    model.forEach(
        (key, value) -> {
          String other = evaluated.get(key);
          if (other != null && !OTHERWISE.contains(key) && !other.equals(value)) {
            differences.add("%s %s, the model's is %s".formatted(key, other, value));
          }
        });
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: this was not measured with the model's own settings: %s."
                .formatted(run.title(), String.join("; ", differences)));
  }
}
