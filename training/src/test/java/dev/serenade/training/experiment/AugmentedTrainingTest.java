package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.calibration.Logits;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.recognition.head.Head;
import dev.serenade.training.Example;
import dev.serenade.training.ExampleSet;
import dev.serenade.training.HeadEvaluator;
import dev.serenade.training.HeadTrainer;
import dev.serenade.training.TrainingListener;
import dev.serenade.training.TrainingSettings;
import dev.serenade.training.store.ExtractedCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of clips are trained on where their clips are, and nowhere else. */
final class AugmentedTrainingTest {

  /** Moves states out of reach of any other clip's. */
  private static final double FAR = 100;

  private final Corpus corpus = ToyCorpus.clips();
  private final ExtractedCorpus plain = ToyCorpus.extracted(corpus.utterances());
  private final ExtractedCorpus augmented = ToyCorpus.augmented(corpus.utterances(), clip -> 0.5);

  private static Recipe recipe(boolean refit, String sampling) {
    Recipe quick = refit ? TestRecipes.refitting() : TestRecipes.quick();
    TrainingSettings settings = quick.settings().with(Map.of("sampling", sampling, "epochs", "3"));
    return new Recipe(
        quick.pooling(),
        quick.inputNormalisation(),
        quick.projector(),
        quick.projectionWidth(),
        quick.dropout(),
        settings,
        quick.validationFraction(),
        refit);
  }

  private List<Fold> folds() throws Exception {
    return Protocol.parse("speaker-folds:3").folds(corpus, 0.2, 5);
  }

  private static TrainedFold train(Recipe recipe, ExtractedCorpus extracted, Fold fold)
      throws InterruptedException {
    return TrainedFold.train(
        recipe,
        extracted,
        ToyCorpus.CLASSES,
        fold,
        1,
        Circumstances.ORDINARY,
        TrainingListener.SILENT);
  }

  private List<Logits> logits(Head head) throws InterruptedException {
    return HeadEvaluator.logits(
        head, TrainedFold.examples(plain, plain.clips(), ToyCorpus.CLASSES), 1);
  }

  private static Set<String> speakers(List<Utterance> clips) {
    return clips.stream().map(Utterance::speaker).collect(Collectors.toSet());
  }

  /** Returns whose clip or copy an example is. */
  private static Utterance clip(ExtractedCorpus extracted, Example example) {
    int clips = extracted.clips().size();
    return example.clip() < clips
        ? extracted.clips().get(example.clip())
        : extracted.copies().get(example.clip() - clips).clip();
  }

  @Test
  void copiesBelongToTheirSpeakersSoFoldsStaySpeakerDisjoint() throws Exception {
    for (Fold fold : folds()) {
      List<Example> training =
          TrainedFold.trainingExamples(augmented, fold.train(), ToyCorpus.CLASSES).examples();
      List<Example> test =
          TrainedFold.examples(augmented, fold.test(), ToyCorpus.CLASSES).examples();

      assertThat(training).hasSize(3 * fold.train().size()).doesNotHaveDuplicates();
      assertThat(test).hasSize(fold.test().size());
      assertThat(test).allMatch(example -> example.clip() < augmented.clips().size());
      for (Example example : training) {
        Utterance clip = clip(augmented, example);
        assertThat(speakers(fold.train())).contains(clip.speaker());
        assertThat(speakers(fold.validation())).doesNotContain(clip.speaker());
        assertThat(speakers(fold.test())).doesNotContain(clip.speaker());
        assertThat(ToyCorpus.CLASSES.get(example.label())).isEqualTo(clip.emotion());
      }
    }
  }

  @Test
  void copiesOfValidationAndTestClipsChangeNothing() throws Exception {
    Fold fold = folds().get(0);
    ExtractedCorpus other =
        ToyCorpus.augmented(corpus.utterances(), clip -> fold.train().contains(clip) ? 0.5 : FAR);
    CrossValidation validation = crossValidation(recipe(false, "uniform"), augmented);
    CrossValidation changed = crossValidation(recipe(false, "uniform"), other);

    assertThat(predictions(changed, fold)).isEqualTo(predictions(validation, fold));
  }

  @ParameterizedTest
  @ValueSource(strings = {"uniform", "balanced"})
  void copiesOfTrainingClipsReachTheHeadWhateverTheSampling(String sampling) throws Exception {
    Fold fold = folds().get(0);
    TrainedFold with = train(recipe(false, sampling), augmented, fold);
    TrainedFold without = train(recipe(false, sampling), plain, fold);

    assertThat(logits(with.head())).isNotEqualTo(logits(without.head()));
    assertThat(logits(with.head()))
        .isEqualTo(logits(train(recipe(false, sampling), augmented, fold).head()));
    assertThat(with.choice().validationLogits()).hasSameSizeAs(fold.validation());
  }

  @Test
  void refittingTrainsOnTheCopiesOfThoseHeldOutToo() throws Exception {
    Recipe recipe = recipe(true, "uniform");
    Fold fold = folds().get(0);
    TrainedFold trained = train(recipe, augmented, fold);
    List<Example> all =
        new ArrayList<>(
            TrainedFold.trainingExamples(augmented, fold.train(), ToyCorpus.CLASSES).examples());
    all.addAll(
        TrainedFold.trainingExamples(augmented, fold.validation(), ToyCorpus.CLASSES).examples());
    Head expected =
        new HeadTrainer(trained.head().spec(), recipe.settings(), 1)
            .refit(
                new ExampleSet(augmented.features(), all),
                trained.choice().bestEpoch(),
                TrainingListener.SILENT);
    List<Logits> chosenOn =
        train(recipe(false, "uniform"), augmented, fold).choice().validationLogits();

    assertThat(all).hasSize(3 * (fold.train().size() + fold.validation().size()));
    assertThat(logits(trained.head())).isEqualTo(logits(expected));
    assertThat(trained.choice().validationLogits()).isEqualTo(chosenOn);
  }

  @Test
  void aCorpusWithoutCopiesTrainsAsBefore() throws Exception {
    Fold fold = folds().get(0);

    assertThat(plain.augmentation()).hasToString("none");
    assertThat(augmented.augmentation()).hasToString("speed:0.9, room:0.4+noise:15");
    assertThat(TrainedFold.trainingExamples(plain, fold.train(), ToyCorpus.CLASSES))
        .isEqualTo(TrainedFold.examples(plain, fold.train(), ToyCorpus.CLASSES));
  }

  private static CrossValidation crossValidation(Recipe recipe, ExtractedCorpus extracted) {
    return new CrossValidation(recipe, extracted, ToyCorpus.CLASSES, 1);
  }

  private static Predictions predictions(CrossValidation validation, Fold fold)
      throws InterruptedException {
    List<FoldResult> results =
        validation.run(
            List.of(fold),
            new CrossValidation.Listener() {
              @Override
              public void foldAt(int number, int step, int steps) {}

              @Override
              public void foldDone(int number, FoldResult result) {}
            });
    return results.get(0).predictions();
  }
}
