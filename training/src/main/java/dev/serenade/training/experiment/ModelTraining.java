package dev.serenade.training.experiment;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.SpeakerSplit;
import dev.serenade.corpus.Utterance;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.training.TrainingListener;
import dev.serenade.training.TrainingResult;
import dev.serenade.training.store.ExtractedCorpus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Trains one model on a corpus. Some speakers are held out to choose the epoch and the temperature.
 *
 * @param model what was trained
 * @param validationSpeakers who was held out; nobody for a linear head, for which each was in turn
 * @param result how the training went that chose the epoch
 */
public record ModelTraining(
    EmotionModel model, Set<String> validationSpeakers, TrainingResult result) {

  /** Copies the set. */
  public ModelTraining {
    validationSpeakers = Set.copyOf(validationSpeakers);
  }

  /**
   * Trains.
   *
   * @param corpus whose clips were extracted
   * @param extracted its clips and their states
   * @param origin of the states
   * @param provenance what else to write into the model file; comes first
   * @param threads to work with
   * @param circumstances where to start from, and to keep the state
   * @throws IllegalArgumentException if there are fewer than two classes or two speakers
   * @throws InterruptedException if the thread is interrupted
   */
  public static ModelTraining train(
      Recipe recipe,
      Corpus corpus,
      ExtractedCorpus extracted,
      FeatureOrigin origin,
      Map<String, String> provenance,
      List<String> licences,
      int threads,
      Circumstances circumstances,
      TrainingListener listener)
      throws InterruptedException {
    List<Emotion> classes = List.copyOf(corpus.emotions());
    List<Utterance> clips = extracted.clips();
    Set<String> heldOut =
        recipe.isLinear()
            ? Set.of()
            : SpeakerSplit.validationSpeakers(
                clips, recipe.validationFraction(), recipe.settings().seed());
    Fold fold = new Fold("all", clips, List.of(), List.of()).withValidationSpeakers(heldOut);
    TrainedFold trained =
        TrainedFold.train(recipe, extracted, classes, fold, threads, circumstances, listener);
    Map<String, String> all = new LinkedHashMap<>(provenance);
    all.put("corpus", corpus.name());
    all.put("manifestSha256", corpus.manifestSha256());
    all.put("trainingClips", Integer.toString(fold.train().size()));
    all.put("validationClips", Integer.toString(fold.validation().size()));
    all.put("validationSpeakers", String.join(" ", new TreeSet<>(heldOut)));
    all.putAll(recipe.toMap());
    all.put("augmentation", extracted.augmentation().toString());
    all.put("bestEpoch", Integer.toString(trained.choice().bestEpoch()));
    all.put("trainedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    CalibratedHead calibrated = CalibratedHead.of(trained);
    all.putAll(calibrated.provenance());
    ModelDescription description =
        new ModelDescription(
            classes.stream().map(Emotion::name).toList(),
            origin.identity(),
            origin.window(),
            calibrated.head().spec(),
            calibrated.temperature(),
            all,
            licences,
            trained.heldOutPredictions(classes, fold.name()).map(HeldOutSummary::of));
    return new ModelTraining(
        new EmotionModel(description, calibrated.head(), origin.weights()),
        heldOut,
        trained.choice());
  }
}
