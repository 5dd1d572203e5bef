package dev.serenade.training.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.protocol.Protocol;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.evaluation.Prediction;
import dev.serenade.evaluation.figure.AttentionTrace;
import dev.serenade.evaluation.report.FoldResult;
import dev.serenade.training.store.ExtractedCorpus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AttentionExamplesTest {

  private static final float[][] WEIGHTS = {{0.1f, 0.2f, 0.7f}, {0.3f, 0.3f, 0.4f}};

  private final Corpus corpus = ToyCorpus.clips();
  private final List<Utterance> clips = corpus.utterances().subList(0, 4);

  private Prediction prediction(int clip, String actual, double angry) {
    return new Prediction(
        clips.get(clip).id(),
        "s0",
        "1",
        actual,
        ClassProbabilities.of(List.of("angry", "sad"), angry, 1 - angry));
  }

  @Test
  void theSurestRightAndTheSurestWrongClipAreTraced() {
    List<Prediction> predictions =
        List.of(
            prediction(0, "angry", 0.7),
            prediction(1, "sad", 0.1),
            prediction(2, "sad", 0.6),
            prediction(3, "angry", 0.2));
    List<Integer> asked = new ArrayList<>();

    List<AttentionTrace> traces =
        AttentionExamples.of(
            predictions,
            clips,
            position -> {
              asked.add(position);
              return WEIGHTS;
            });

    assertThat(asked).containsExactly(1, 3);
    assertThat(traces)
        .extracting(AttentionTrace::clip)
        .containsExactly(clips.get(1).id(), clips.get(3).id());
    assertThat(traces.get(0).heads()).hasSize(2);
    assertThat(traces.get(0).loudness()).as("there is no such recording").isEmpty();
  }

  @Test
  void equalWeightsAreNothingToSee() {
    List<Prediction> predictions = List.of(prediction(0, "angry", 0.7));

    assertThat(AttentionExamples.of(predictions, clips, p -> new float[][] {{0.5f, 0.5f}}))
        .isEmpty();
  }

  @Test
  void aRecordingThatIsGoneCostsItsPictureOnly() {
    List<Prediction> predictions =
        List.of(prediction(0, "angry", 0.7), prediction(1, "angry", 0.2));

    List<AttentionTrace> traces =
        AttentionExamples.of(
            predictions,
            clips,
            position -> {
              if (position == 0) {
                throw new IOException("gone");
              }
              return WEIGHTS;
            });

    assertThat(traces).extracting(AttentionTrace::clip).containsExactly(clips.get(1).id());
  }

  @Test
  void everyFoldOfACrossValidationHasSome() throws Exception {
    Recipe recipe = TestRecipes.quick();
    ExtractedCorpus extracted = ToyCorpus.extracted(corpus.utterances());
    List<Fold> folds =
        Protocol.parse("speaker-folds:3").folds(corpus, recipe.validationFraction(), 0);
    List<FoldResult> results =
        new CrossValidation(recipe, extracted, ToyCorpus.CLASSES, 1)
            .run(
                folds,
                new CrossValidation.Listener() {
                  @Override
                  public void foldAt(int fold, int step, int steps) {}

                  @Override
                  public void foldDone(int fold, FoldResult result) {}
                });

    for (FoldResult result : results) {
      assertThat(result.attention()).isNotEmpty();
      for (AttentionTrace trace : result.attention()) {
        assertThat(result.predictions().asList())
            .extracting(Prediction::clip)
            .contains(trace.clip());
        for (List<Double> head : trace.heads()) {
          assertThat(head.stream().mapToDouble(Double::doubleValue).sum())
              .isEqualTo(1, within(1e-5));
        }
      }
    }
  }
}
