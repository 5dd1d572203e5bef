package dev.serenade.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.protocol.EmoBoxFolds;
import dev.serenade.corpus.protocol.LeaveOneSpeakerOut;
import dev.serenade.evaluation.report.Benchmark;
import dev.serenade.recognition.head.HeadSpec;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.QkvPooling;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.training.TrainingSettings;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.whisper.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EmoBoxBenchmarkTest {

  private static final int BLOCKS = 4;

  private static final Corpus CORPUS = new Corpus("ravdess", Path.of(""), List.of(), "", List.of());

  private static final Recipe OF_EMOBOX =
      new Recipe(
          new MeanPooling(),
          InputNormalisation.UTTERANCE,
          Projector.RELU,
          128,
          0,
          TrainingSettings.DEFAULT.with(
              Map.of(
                  "epochs", "100",
                  "batchSize", "32",
                  "peakLearningRate", "1e-4",
                  "weightDecay", "0",
                  "schedule", "constant")),
          0.2,
          true);

  private static EmoBoxFolds folds(String dataset) {
    return new EmoBoxFolds(
        Path.of("lists"), dataset, List.of(new EmoBoxFolds.Clips(1, Set.of(), Set.of(), Set.of())));
  }

  private static List<String> deviations(String dataset, Recipe recipe, int layer, Window window) {
    return EmoBoxBenchmark.of(
            folds(dataset), CORPUS, recipe, new SingleLayer(layer), window, BLOCKS)
        .deviations();
  }

  @Test
  void whatCannotBeFollowedIsSaidEvenOfItsOwnRecipe() {
    assertThat(deviations("ravdess", OF_EMOBOX, BLOCKS, Window.padded()))
        .satisfiesExactly(
            choice -> assertThat(choice).startsWith("No validation list is shipped: 20 %"),
            rate -> assertThat(rate).startsWith("The learning rate is constant"));
    assertThat(deviations("emodb", OF_EMOBOX, BLOCKS, Window.padded()))
        .anySatisfy(labels -> assertThat(labels).contains("neutral", "boredem"));
  }

  @Test
  void eachDifferenceIsListed() {
    Recipe ours =
        new Recipe(
            QkvPooling.of(6, 4),
            InputNormalisation.STANDARDISED,
            Projector.LEARNED,
            HeadSpec.DEFAULT_PROJECTION_WIDTH,
            HeadSpec.DEFAULT_DROPOUT,
            TrainingSettings.DEFAULT.with("frameShare", "0.25"),
            0.15,
            false);
    assertThat(deviations("ravdess", ours, 3, Window.memory()))
        .hasSize(8)
        .contains(
            "Heads read layer 3; EmoBox reads the last, 4.",
            "Input normalisation is standardised; EmoBox normalises clip by clip.")
        .anySatisfy(head -> assertThat(head).contains("projector learned to 256, pooling qkv"))
        .anySatisfy(training -> assertThat(training).startsWith("Trained 30 epochs, batch 16"))
        .anySatisfy(frames -> assertThat(frames).contains("a share of 0.25"));
  }

  /** The table of EmoBox's paper and leaderboard. */
  @Test
  void publishedRowsAreThoseOfTheCorpus() {
    assertThat(EmoBoxBenchmark.published("emovo"))
        .containsExactly(
            new Benchmark.Row("Whisper large-v3", 57.82 / 100, 57.82 / 100, 56.06 / 100),
            new Benchmark.Row("WavLM large", 48.82 / 100, 48.82 / 100, 44.16 / 100));
    for (String corpus : List.of("shemo", "iemocap", "emodb", "ravdess")) {
      assertThat(EmoBoxBenchmark.published(corpus)).as(corpus).hasSize(5);
    }
    assertThat(EmoBoxBenchmark.published("savee")).isEmpty();
  }

  @Test
  void fewSpeakersAreTestedOneByOne() {
    assertThat(LeakageRun.apart(folds("emodb"), CORPUS)).isInstanceOf(LeaveOneSpeakerOut.class);
  }
}
