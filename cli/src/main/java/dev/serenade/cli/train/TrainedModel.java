package dev.serenade.cli.train;

import dev.serenade.evaluation.Metric;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.training.EpochSummary;
import dev.serenade.training.TrainingResult;
import dev.serenade.training.experiment.FusedTraining;
import dev.serenade.training.experiment.ModelTraining;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A model that was just trained.
 *
 * @param model to be written
 * @param summary of the training, for the terminal
 * @param training the same in a sentence, for the model card
 */
record TrainedModel(EmotionModel model, String summary, String training) {

  /** Says how a model of the sound was trained. */
  static TrainedModel of(ModelTraining trained) {
    TrainingResult result = trained.result();
    EpochSummary best = result.history().get(result.bestEpoch() - 1);
    double recall = 100 * best.validationRecall().orElse(Double.NaN);
    Set<String> heldOut = trained.validationSpeakers();
    return new TrainedModel(
        trained.model(),
        String.format(
            Locale.ROOT,
            "%s%.1f %% unweighted average recall on %s, temperature %.2f",
            heldOut.isEmpty() ? "" : "epoch %d, ".formatted(best.epoch()),
            recall,
            speakers(heldOut),
            trained.model().description().temperature()),
        String.format(
            Locale.ROOT,
            "After epoch %d, %.1f %% unweighted average recall on the speakers that chose it, which is"
                + " a little too good.",
            best.epoch(),
            recall));
  }

  /**
   * Says how a model of sound and words was trained.
   *
   * @param caveats what a reader must know of the words
   */
  static TrainedModel of(FusedTraining trained, List<String> caveats) {
    double recall = 100 * Metric.UNWEIGHTED_AVERAGE_RECALL.of(trained.heldOut());
    double weight = trained.model().description().text().orElseThrow().audioWeight();
    String sentence =
        String.format(
            Locale.ROOT,
            "After epoch %d of the audio's head and %d of the text's, %.1f %% unweighted average recall"
                + " of both together, the audio with weight %.2f, on the speakers that chose epochs"
                + " and weight, which is a little too good.",
            trained.audio().bestEpoch(),
            trained.text().bestEpoch(),
            recall,
            weight);
    return new TrainedModel(
        trained.model(),
        String.format(
            Locale.ROOT,
            "%s%.1f %% unweighted average recall on %s, weight of the audio %.2f",
            trained.validationSpeakers().isEmpty()
                ? ""
                : "epochs %d and %d, "
                    .formatted(trained.audio().bestEpoch(), trained.text().bestEpoch()),
            recall,
            speakers(trained.validationSpeakers()),
            weight),
        caveats.isEmpty() ? sentence : sentence + " " + String.join(" ", caveats));
  }

  private static String speakers(Set<String> heldOut) {
    return switch (heldOut.size()) {
      case 0 -> "speakers, each held out in turn";
      case 1 -> "1 held-out speaker";
      default -> heldOut.size() + " held-out speakers";
    };
  }
}
