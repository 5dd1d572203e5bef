package dev.serenade.cli.models;

import dev.serenade.evaluation.report.RunSummary;
import dev.serenade.recognition.model.ModelDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a card is written from.
 *
 * @param name of the model
 * @param model what its file says of it
 * @param training how training went, in a sentence, if it is just over
 * @param evaluations of the model, or of its recipe, on speakers it was not trained on
 * @param sexes of speakers, by clip, as far as they are known
 * @param stress what stress tests found, if there were any
 */
public record CardFacts(
    String name,
    ModelDescription model,
    Optional<String> training,
    List<RunSummary> evaluations,
    Map<String, String> sexes,
    Optional<StressResults> stress) {

  /** Copies the lists. */
  public CardFacts {
    evaluations = List.copyOf(evaluations);
    sexes = Map.copyOf(sexes);
  }

  /** What is known when training is over. */
  public CardFacts(String name, ModelDescription model, String training) {
    this(name, model, Optional.of(training), List.of(), Map.of(), Optional.empty());
  }
}
