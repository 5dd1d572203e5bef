package dev.serenade.cli.train;

import dev.serenade.cli.console.CannotRunException;
import dev.serenade.cli.console.Terminal;
import dev.serenade.training.experiment.Circumstances;
import dev.serenade.training.experiment.FusedTraining;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.training.experiment.TextOrigin;
import dev.serenade.training.experiment.TrainingBranch;
import dev.serenade.training.store.ExtractedCorpus;
import java.util.List;
import java.util.Map;

/**
 * Trains a model that goes by sound and words, on the clips of which both can be used.
 *
 * @param prepared the clips and the encoder's states
 * @param text the same clips, as far as they could be decoded, and their tokens' states
 * @param decoder that decoded them
 * @param recipes of the audio's head and of the text's
 * @param provenance for the model file
 * @param licences for the model file
 */
record FusedTrainingRun(
    Preparation prepared,
    ExtractedCorpus text,
    OpenDecoder decoder,
    List<Recipe> recipes,
    Map<String, String> provenance,
    List<String> licences,
    Terminal terminal) {

  /** Decodes the clips that could be heard, or reads what was decoded before. */
  static FusedTrainingRun of(
      Preparation prepared,
      EncoderOptions encoder,
      OpenDecoder decoder,
      List<Recipe> recipes,
      Map<String, String> provenance,
      List<String> licences,
      Terminal terminal)
      throws CannotRunException, InterruptedException {
    ExtractedCorpus text =
        Preparation.extractTokens(
            prepared.extracted().clips(),
            prepared.extracted().augmentation(),
            decoder,
            encoder,
            terminal);
    return new FusedTrainingRun(prepared, text, decoder, recipes, provenance, licences, terminal);
  }

  /** Returns whether every clip could be used. */
  boolean isComplete() {
    return prepared.isComplete() && text.failed().isEmpty();
  }

  /** Trains both heads, and finds the weight between them. */
  TrainedModel train(int threads, CheckpointFolder checkpoints)
      throws CannotRunException, InterruptedException {
    List<String> caveats = TextEvaluation.caveats(prepared.source());
    caveats.forEach(terminal::errorLine);
    EpochLines audioEpochs = new EpochLines(terminal, recipes.get(0).settings().epochs());
    EpochLines textEpochs = new EpochLines(terminal, recipes.get(1).settings().epochs());
    try {
      FusedTraining trained =
          FusedTraining.train(
              prepared.source().corpus(),
              new TrainingBranch(
                  recipes.get(0), prepared.extracted().keeping(text.clips()), audioEpochs),
              new TrainingBranch(recipes.get(1), text, textEpochs),
              prepared.origin(),
              new TextOrigin(decoder.name(), decoder.states().tokens()),
              provenance,
              licences,
              threads,
              Circumstances.ORDINARY.keptIn(checkpoints.checkpoints()));
      return TrainedModel.of(trained, caveats);
    } catch (IllegalArgumentException e) {
      throw new CannotRunException("--modality both: " + e.getMessage(), e);
    } finally {
      audioEpochs.end();
      textEpochs.end();
    }
  }
}
