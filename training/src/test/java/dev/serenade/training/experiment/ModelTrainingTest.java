package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.calibration.CalibrationMethod;
import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.evaluation.calibration.TemperatureScaling;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.confidence.HeldOutConfidence;
import dev.serenade.recognition.head.Head;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.recognition.model.EncoderIdentity;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.training.HeadEvaluator;
import dev.serenade.training.HeadTrainer;
import dev.serenade.training.TrainingListener;
import dev.serenade.training.store.ExtractedCorpus;
import dev.serenade.training.store.FeatureExtractor;
import dev.serenade.training.store.FeatureStore;
import dev.serenade.training.store.StoreIdentity;
import dev.serenade.training.store.TestRecordings;
import dev.serenade.training.store.TinyEncoder;
import dev.serenade.whisper.EncoderWeights;
import dev.serenade.whisper.Window;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelTrainingTest {

  /**
   * A head reads states in float16 where the recogniser has them in float32, and the model file
   * keeps the encoder in float16: relative errors of 2^-11, which a head and its softmax pass on.
   */
  private static final double FLOAT16_TOLERANCE = 0.01;

  private static final Recipe RECIPE = TestRecipes.quick();
  private static final LayerFusion LAYER = new SingleLayer(2);
  private static final Map<String, String> PROVENANCE = Map.of("serenade", "1.2.3");
  private static final List<String> LICENCES = List.of("random weights, no licence needed");

  @TempDir private static Path folder;
  private static EncoderWeights weights;
  private static Corpus corpus;
  private static ExtractedCorpus extracted;
  private static ModelTraining training;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    weights = TinyEncoder.write(folder);
    List<Utterance> clips = new ArrayList<>();
    for (int speaker = 0; speaker < 5; speaker++) {
      for (int i = 0; i < 3; i++) {
        clips.add(tone(Emotion.SAD, 250, speaker, i));
        clips.add(tone(Emotion.ANGRY, 2500, speaker, i));
      }
    }
    corpus = Corpus.of("tones", folder, clips, List.of());
    extracted = extract(LAYER);
    training = train(corpus, extracted);
  }

  @AfterAll
  static void close() throws IOException {
    weights.close();
  }

  private static ExtractedCorpus extract(LayerFusion layers) throws IOException {
    FeatureStore store =
        FeatureStore.open(
            folder.resolve("store"),
            StoreIdentity.ofEncoder("tiny", "0".repeat(64), Window.adaptive()),
            1_000_000_000);
    return new FeatureExtractor(store, weights, Window.adaptive(), 1)
        .extract(corpus.utterances(), layers, (done, all) -> {});
  }

  private static Utterance tone(Emotion emotion, double frequencyHz, int speaker, int i)
      throws IOException {
    String name = "%s-%d-%d.wav".formatted(emotion.name(), speaker, i);
    long seed = 10L * speaker + i;
    Path file =
        TestRecordings.tone(folder.resolve(name), frequencyHz + 7 * seed, 0.2 + 0.05 * i, seed);
    return Utterance.builder(name, file, "s" + speaker, emotion).build();
  }

  private static ModelTraining train(Corpus corpus, ExtractedCorpus extracted)
      throws InterruptedException {
    return train(RECIPE, corpus, extracted);
  }

  private static ModelTraining train(Recipe recipe, Corpus corpus, ExtractedCorpus extracted)
      throws InterruptedException {
    FeatureOrigin origin =
        new FeatureOrigin(
            weights,
            new EncoderIdentity("tiny", "0".repeat(64), TinyEncoder.CONFIG),
            Window.adaptive());
    return ModelTraining.train(
        recipe,
        corpus,
        extracted,
        origin,
        PROVENANCE,
        LICENCES,
        1,
        Circumstances.ORDINARY,
        TrainingListener.SILENT);
  }

  @Test
  void theDescriptionSaysWhatTheModelIsAndWhereItComesFrom() {
    ModelDescription description = training.model().description();

    assertThat(description.labels()).containsExactly("angry", "sad");
    assertThat(description.encoder().name()).isEqualTo("tiny");
    assertThat(description.window()).isEqualTo(Window.adaptive());
    assertThat(description.head().fusion()).isEqualTo(LAYER);
    assertThat(description.temperature()).isPositive();
    assertThat(description.licences()).isEqualTo(LICENCES);
    assertThat(description.provenance())
        .containsEntry("serenade", "1.2.3")
        .containsEntry("corpus", "tones")
        .containsEntry("manifestSha256", corpus.manifestSha256())
        .containsEntry("trainingClips", "24")
        .containsEntry("validationClips", "6")
        .containsEntry("validationSpeakers", String.join(" ", training.validationSpeakers()))
        .containsEntry("bestEpoch", Integer.toString(training.result().bestEpoch()))
        .containsAllEntriesOf(RECIPE.toMap())
        .containsEntry("augmentation", "none")
        .containsKey("trainedAt");
    assertThat(description.provenance().keySet()).startsWith("serenade", "corpus");
  }

  @Test
  void wholeSpeakersAreHeldOut() {
    Set<String> speakers = new TreeSet<>(corpus.speakers());

    assertThat(training.validationSpeakers()).hasSize(1).isSubsetOf(speakers);
    assertThat(training.result().validationLogits()).hasSize(6);
    assertThat(training.result().history().get(training.result().bestEpoch() - 1))
        .satisfies(best -> assertThat(best.validationRecall().orElseThrow()).isEqualTo(1));
  }

  @Test
  void theSameSeedGivesTheSameModel() throws InterruptedException {
    ModelTraining again = train(corpus, extracted);

    assertThat(again.validationSpeakers()).isEqualTo(training.validationSpeakers());
    assertThat(again.result().validationLogits()).isEqualTo(training.result().validationLogits());
    assertThat(again.model().description().temperature())
        .isEqualTo(training.model().description().temperature());
  }

  @Test
  void refittingTrainsOnAllSpeakersAsLongAsWasChosenWithoutSome() throws InterruptedException {
    Recipe recipe = TestRecipes.refitting();
    ModelTraining refitted = train(recipe, corpus, extracted);

    assertThat(refitted.validationSpeakers()).isEqualTo(training.validationSpeakers());
    assertThat(refitted.result().validationLogits())
        .isEqualTo(training.result().validationLogits());
    assertThat(refitted.model().description().temperature())
        .isEqualTo(training.model().description().temperature());
    List<Emotion> classes = List.of(Emotion.ANGRY, Emotion.SAD);
    List<Utterance> heldOutLast = new ArrayList<>(extracted.clips());
    heldOutLast.sort(
        Comparator.comparing(clip -> training.validationSpeakers().contains(clip.speaker())));
    Head expected =
        new HeadTrainer(refitted.model().head().spec(), recipe.settings(), 1)
            .refit(
                TrainedFold.examples(extracted, heldOutLast, classes),
                training.result().bestEpoch(),
                TrainingListener.SILENT);
    assertThat(logits(refitted.model().head()))
        .isEqualTo(logits(expected))
        .isNotEqualTo(logits(training.model().head()));
  }

  private static List<Logits> logits(Head head) throws InterruptedException {
    return HeadEvaluator.logits(
        head,
        TrainedFold.examples(extracted, extracted.clips(), List.of(Emotion.ANGRY, Emotion.SAD)),
        1);
  }

  @Test
  void aFileOfTheModelPredictsFromRecordingsWhatTheHeadDoesFromTheStore(@TempDir Path out)
      throws IOException, InterruptedException {
    Path file = out.resolve("tones.serenade");
    ModelFile.write(training.model(), true, file);
    List<double[]> expected = probabilitiesFromTheStore(training, extracted);
    Utterance bad =
        Utterance.builder(
                "bad.wav", Files.writeString(out.resolve("bad.wav"), "x"), "s1", Emotion.SAD)
            .build();
    List<Utterance> clips = new ArrayList<>(extracted.clips());
    clips.add(3, bad);
    List<Integer> progress = new ArrayList<>();

    ModelEvaluation evaluation;
    try (EmotionRecognizer recognizer = EmotionRecognizer.load(file, new SessionSettings(1))) {
      evaluation = ModelEvaluation.of(recognizer, clips, "all", 2, progress::add);
    }

    assertThat(evaluation.failed()).hasSize(1);
    assertThat(evaluation.failed().get(0).clip()).isEqualTo(bad);
    assertThat(evaluation.failed().get(0).reason()).contains("bad.wav");
    assertThat(progress).hasSize(clips.size()).endsWith(clips.size());
    assertThat(evaluation.predictions().stream().map(Prediction::clip))
        .isEqualTo(extracted.clips().stream().map(Utterance::id).toList());
    for (int i = 0; i < expected.size(); i++) {
      ClassProbabilities heard = evaluation.predictions().get(i).probabilities();
      assertThat(heard.get(0)).isCloseTo(expected.get(i)[0], within(FLOAT16_TOLERANCE));
      assertThat(evaluation.predictions().get(i).correct()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weighted:1-3", "attention:0,2", "concat:1,3"})
  void aModelOfSeveralLayersPredictsFromRecordingsWhatItsHeadDoesFromTheStore(
      String layers, @TempDir Path out) throws IOException, InterruptedException {
    assertPredictsFromRecordingsWhatItsHeadDoesFromTheStore(RECIPE, layers, out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "concat:1,3"})
  void aModelOfPrincipalComponentsPredictsFromRecordingsWhatItsHeadDoesFromTheStore(
      String layers, @TempDir Path out) throws IOException, InterruptedException {
    assertPredictsFromRecordingsWhatItsHeadDoesFromTheStore(
        TestRecipes.withPrincipalComponents(), layers, out);
  }

  private static void assertPredictsFromRecordingsWhatItsHeadDoesFromTheStore(
      Recipe recipe, String layers, Path out) throws IOException, InterruptedException {
    ExtractedCorpus several = extract(LayerFusion.parse(layers, TinyEncoder.CONFIG.blocks()));
    ModelTraining trained = train(recipe, corpus, several);
    Path file = out.resolve("tones.serenade");
    ModelFile.write(trained.model(), true, file);

    List<double[]> expected = probabilitiesFromTheStore(trained, several);
    try (EmotionRecognizer recognizer = EmotionRecognizer.load(file, new SessionSettings(1))) {
      assertThat(recognizer.model().head().fusion()).isEqualTo(several.fusion());
      List<Prediction> predictions =
          ModelEvaluation.of(recognizer, several.clips(), "all", 1, done -> {}).predictions();
      for (int i = 0; i < expected.size(); i++) {
        assertThat(predictions.get(i).probabilities().get(0))
            .isCloseTo(expected.get(i)[0], within(FLOAT16_TOLERANCE));
      }
    }
  }

  private static List<double[]> probabilitiesFromTheStore(
      ModelTraining training, ExtractedCorpus extracted) throws InterruptedException {
    List<Logits> logits =
        HeadEvaluator.logits(
            training.model().head(),
            TrainedFold.examples(extracted, extracted.clips(), List.of(Emotion.ANGRY, Emotion.SAD)),
            1);
    TemperatureScaling calibration =
        new TemperatureScaling(training.model().description().temperature());
    return logits.stream().map(calibration::apply).collect(Collectors.toList());
  }

  @Test
  void oneSpeakerIsNotEnough() {
    List<Utterance> one =
        corpus.utterances().stream().filter(clip -> clip.speaker().equals("s0")).toList();
    ExtractedCorpus part =
        new ExtractedCorpus(
            LAYER, one, new FirstClips(extracted.features(), one.size()), List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> train(corpus.filtered(one::contains), part))
        .withMessage("two speakers or more are needed to hold one out, found [s0]");
  }

  @Test
  void theModelFileSaysWhatHeldOutSpeakersShowed() {
    HeldOutConfidence heldOut = training.model().description().heldOut().orElseThrow();

    assertThat(heldOut.clips()).isEqualTo(6);
    assertThat(heldOut.speakers()).isEqualTo(1);
    assertThat(heldOut.steps().get(heldOut.steps().size() - 1).answered()).isEqualTo(6);
    assertThat(heldOut.sets()).hasSize(50);
    // Of six clips no set can promise 99 %.
    assertThat(heldOut.leastProbability(0.99)).isZero();
    assertThat(heldOut.leastProbability(0.5)).isPositive();
  }

  @Test
  void calibrationFoldsShowAllSpeakersWithTheSameHead() throws Exception {
    ModelTraining pooled =
        train(
            RECIPE.calibrated(new CalibrationPlan(CalibrationMethod.VECTOR, 5)), corpus, extracted);
    ModelDescription description = pooled.model().description();

    assertThat(description.heldOut().orElseThrow().speakers()).isEqualTo(5);
    assertThat(description.heldOut().orElseThrow().clips()).isEqualTo(30);
    assertThat(description.provenance())
        .containsEntry("calibration", "vector")
        .containsEntry("calibrationFolds", "5")
        .containsKeys("calibrationScales", "calibrationBiases");
    assertThat(pooled.result().validationLogits()).isEqualTo(training.result().validationLogits());
  }
}
