package dev.serenade.training.experiment;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.SpeakerSplit;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.fusion.LateFusion;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.text.TextDescription;
import dev.serenade.recognition.text.TextPart;
import dev.serenade.training.TrainingResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Trains one model that goes by sound and words: a head on the encoder's states, one on the
 * decoder's, on the same clips, with the same speakers held out to choose epochs and temperatures;
 * then the weight between the two, on the clips that were held out from both.
 *
 * @param model what was trained
 * @param validationSpeakers who was held out; nobody if both heads are linear, for which each was
 *     in turn
 * @param audio how the training of the audio's head went that chose the epoch
 * @param text how that of the text's went
 * @param heldOut what both together say of the clips that were held out from both
 */
public record FusedTraining(
    EmotionModel model,
    Set<String> validationSpeakers,
    TrainingResult audio,
    TrainingResult text,
    Predictions heldOut) {

  /** Copies the set. */
  public FusedTraining {
    validationSpeakers = Set.copyOf(validationSpeakers);
  }

  /**
   * Trains. Settings that concern both heads, the seed and who is held out, are those of the
   * audio's recipe.
   *
   * @param corpus whose clips were extracted
   * @param audio the audio's branch
   * @param text the text's branch, of the same clips in the same order
   * @param origin of the audio's states
   * @param textOrigin of the text's states
   * @param provenance what else to write into the model file; comes first
   * @param threads to work with
   * @param circumstances where to keep the state
   * @throws IllegalArgumentException if there are fewer than two classes or two speakers, a head to
   *     start from, or no clip was held out from both heads
   * @throws InterruptedException if the thread is interrupted
   */
  public static FusedTraining train(
      Corpus corpus,
      TrainingBranch audio,
      TrainingBranch text,
      FeatureOrigin origin,
      TextOrigin textOrigin,
      Map<String, String> provenance,
      List<String> licences,
      int threads,
      Circumstances circumstances)
      throws InterruptedException {
    List<Utterance> clips = audio.extracted().clips();
    if (!clips.equals(text.extracted().clips())) {
      throw new IllegalArgumentException(
          "expected the same clips of sound and words, found %d and %d"
              .formatted(clips.size(), text.extracted().clips().size()));
    }
    if (circumstances.start().isPresent()) {
      throw new IllegalArgumentException("expected no head to start from for sound and words");
    }
    List<Emotion> classes = List.copyOf(corpus.emotions());
    Recipe recipe = audio.recipe();
    Set<String> heldOut =
        recipe.isLinear() && text.recipe().isLinear()
            ? Set.of()
            : SpeakerSplit.validationSpeakers(
                clips, recipe.validationFraction(), recipe.settings().seed());
    Fold fold = new Fold("all", clips, List.of(), List.of()).withValidationSpeakers(heldOut);
    audio.listener().note("[1/2] audio, %s".formatted(recipe.headKind()));
    TrainedFold sound = train(audio, classes, fold, threads, circumstances.part("audio"));
    text.listener().note("[2/2] text, %s".formatted(text.recipe().headKind()));
    TrainedFold words = train(text, classes, fold, threads, circumstances.part("text"));
    Predictions soundHeldOut = heldOut(sound, classes, fold);
    Predictions wordsHeldOut = heldOut(words, classes, fold);
    LateFusion fusion = LateFusion.fit(soundHeldOut, wordsHeldOut);
    Predictions fused = fusion.fuseCommon(soundHeldOut, wordsHeldOut);

    CalibratedHead soundHead = CalibratedHead.of(sound);
    CalibratedHead wordsHead = CalibratedHead.of(words);
    Map<String, String> all = new LinkedHashMap<>(provenance);
    all.put("modality", "both");
    all.put("corpus", corpus.name());
    all.put("manifestSha256", corpus.manifestSha256());
    all.put("trainingClips", Integer.toString(fold.train().size()));
    all.put("validationClips", Integer.toString(fold.validation().size()));
    all.put("validationSpeakers", String.join(" ", new TreeSet<>(heldOut)));
    all.putAll(provenance(audio, sound, soundHead));
    provenance(text, words, wordsHead).forEach((name, value) -> all.put("text." + name, value));
    all.put("fusionClips", Integer.toString(fused.size()));
    all.put("trainedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    TextDescription textDescription =
        new TextDescription(
            textOrigin.decoder(),
            textOrigin.states().sha256(),
            textOrigin.states().language(),
            wordsHead.head().spec(),
            wordsHead.temperature(),
            fusion.firstWeight());
    ModelDescription description =
        new ModelDescription(
            classes.stream().map(Emotion::name).toList(),
            origin.identity(),
            origin.window(),
            soundHead.head().spec(),
            soundHead.temperature(),
            all,
            licences,
            Optional.of(HeldOutSummary.of(fused)),
            Optional.of(textDescription));
    return new FusedTraining(
        new EmotionModel(
            description,
            soundHead.head(),
            origin.weights(),
            Optional.of(new TextPart(textDescription, wordsHead.head(), textOrigin.states()))),
        heldOut,
        sound.choice(),
        words.choice(),
        fused);
  }

  private static TrainedFold train(
      TrainingBranch branch,
      List<Emotion> classes,
      Fold fold,
      int threads,
      Circumstances circumstances)
      throws InterruptedException {
    return TrainedFold.train(
        branch.recipe(),
        branch.extracted(),
        classes,
        fold,
        threads,
        circumstances,
        branch.listener());
  }

  private static Predictions heldOut(TrainedFold trained, List<Emotion> classes, Fold fold) {
    return trained
        .heldOutPredictions(classes, fold.name())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected clips of held-out speakers, on which the weight between sound and words is"
                        + " chosen, but none could be used"));
  }

  private static Map<String, String> provenance(
      TrainingBranch branch, TrainedFold trained, CalibratedHead head) {
    Map<String, String> all = new LinkedHashMap<>(branch.recipe().toMap());
    all.put("augmentation", branch.extracted().augmentation().toString());
    all.put("bestEpoch", Integer.toString(trained.choice().bestEpoch()));
    all.putAll(head.provenance());
    return all;
  }
}
