package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.Predictions;
import dev.serenade.evaluation.fusion.LateFusion;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.training.store.ExtractedCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class FusedFoldTest {

  private static final Recipe RECIPE = TestRecipes.quick();
  private static final Corpus CORPUS = ToyCorpus.clips();

  private static final CrossValidation.Listener SILENT =
      new CrossValidation.Listener() {
        @Override
        public void foldAt(int fold, int step, int steps) {}

        @Override
        public void foldDone(int fold, FoldResult result) {}
      };

  private static List<Fold> folds;
  private static List<TestedFold> audio;
  private static List<TestedFold> text;

  @BeforeAll
  static void train() throws Exception {
    folds = Protocol.parse("speaker-folds:3").folds(CORPUS, 0.2, 5);
    audio = tested(RECIPE, ToyCorpus.extracted(CORPUS.utterances()), folds);
    text = tested(RECIPE, ToyCorpus.meaningless(CORPUS.utterances()), folds);
  }

  private static List<TestedFold> tested(Recipe recipe, ExtractedCorpus corpus, List<Fold> folds)
      throws InterruptedException {
    return new CrossValidation(recipe, corpus, ToyCorpus.CLASSES, 2)
        .tested(folds, Circumstances.ORDINARY, SILENT);
  }

  private static Predictions predictions(List<FusedFold> folds) {
    return Predictions.concat(folds.stream().map(fold -> fold.result().predictions()).toList());
  }

  @Test
  void whatIsSaidWithoutMeaningGetsNextToNoWeight() {
    List<FusedFold> fused = FusedFold.of(audio, text);

    assertThat(fused).hasSize(3);
    assertThat(fused).allMatch(fold -> fold.fusion().firstWeight() > 0.8);
    for (int i = 0; i < fused.size(); i++) {
      FoldResult result = fused.get(i).result();
      assertThat(result.name()).isEqualTo(folds.get(i).name());
      assertThat(result.predictions())
          .isEqualTo(
              fused
                  .get(i)
                  .fusion()
                  .fuse(audio.get(i).result().predictions(), text.get(i).result().predictions()));
      assertThat(result.thresholds()).isPresent();
    }
  }

  @Test
  void aCopyOfTheAudioChangesNothing() {
    for (FusedFold fold : FusedFold.of(audio, audio)) {
      assertThat(fold.fusion()).isEqualTo(new LateFusion(0.5));
    }
    List<Prediction> fused = predictions(FusedFold.of(audio, audio)).asList();
    List<Prediction> alone =
        Predictions.concat(audio.stream().map(fold -> fold.result().predictions()).toList())
            .asList();
    for (int i = 0; i < alone.size(); i++) {
      assertThat(fused.get(i).clip()).isEqualTo(alone.get(i).clip());
      assertThat(fused.get(i).probabilities().toArray())
          .containsExactly(alone.get(i).probabilities().toArray(), within(1e-12));
    }
  }

  @Test
  void labelsOfTestClipsHaveNoPartInTheWeight() throws Exception {
    Fold fold = folds.get(0);
    List<Utterance> relabelled =
        fold.test().stream().map(clip -> clip.withEmotion(other(clip.emotion()))).toList();
    List<Utterance> all = new ArrayList<>();
    for (Utterance clip : CORPUS.utterances()) {
      int tested = fold.test().indexOf(clip);
      all.add(tested < 0 ? clip : relabelled.get(tested));
    }
    List<Fold> changed =
        List.of(new Fold(fold.name(), fold.train(), fold.validation(), relabelled));
    List<FusedFold> fused =
        FusedFold.of(
            tested(RECIPE, ToyCorpus.extracted(all), changed),
            tested(RECIPE, ToyCorpus.meaningless(all), changed));

    assertThat(fused.get(0).fusion()).isEqualTo(FusedFold.of(audio, text).get(0).fusion());
  }

  private static Emotion other(Emotion emotion) {
    return emotion.equals(Emotion.SAD) ? Emotion.ANGRY : Emotion.SAD;
  }

  @Test
  void aLinearHeadIsWeighedOnTheClipsThatBothHeldOut() throws Exception {
    List<TestedFold> linear =
        tested(TestRecipes.linear(), ToyCorpus.meaningless(CORPUS.utterances()), folds);
    assertThat(linear.get(0).heldOut().orElseThrow().size())
        .isEqualTo(folds.get(0).train().size() + folds.get(0).validation().size());

    assertThat(FusedFold.of(audio, linear)).allMatch(fold -> fold.fusion().firstWeight() > 0.8);
  }

  @Test
  void withoutValidationClipsThereIsNoWeight() {
    List<TestedFold> none =
        audio.stream().map(fold -> new TestedFold(fold.result(), Optional.empty())).toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FusedFold.of(none, text))
        .withMessage(
            "fold %s: expected validation clips, on which the weight of the fusion is chosen, found none",
            folds.get(0).name());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FusedFold.of(audio.subList(0, 2), text))
        .withMessage("expected the same folds of both, found 2 and 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FusedFold.of(audio.subList(0, 1), text.subList(1, 2)))
        .withMessageStartingWith("fold %s: ".formatted(folds.get(0).name()));
  }
}
