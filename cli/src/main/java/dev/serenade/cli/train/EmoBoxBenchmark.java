package dev.serenade.cli.train;

import dev.serenade.cli.console.WordConverter;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.protocol.EmoBoxFolds;
import dev.serenade.evaluation.report.Benchmark;
import dev.serenade.recognition.head.InputNormalisation;
import dev.serenade.recognition.head.LayerFusion;
import dev.serenade.recognition.head.MeanPooling;
import dev.serenade.recognition.head.Projector;
import dev.serenade.recognition.head.SingleLayer;
import dev.serenade.training.Perturbations;
import dev.serenade.training.Schedule;
import dev.serenade.training.TrainingSettings;
import dev.serenade.training.experiment.Recipe;
import dev.serenade.whisper.Window;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What EmoBox prints for a corpus, and in what a run under its folds differs from what it does.
 *
 * <p>Ma et al., "EmoBox: Multilingual Multi-corpus Speech Emotion Recognition Toolkit and
 * Benchmark", Interspeech 2024; what its code does is from {@code examples/sb} of github
 * emo-box/EmoBox.
 */
final class EmoBoxBenchmark {

  private static final String RESOURCE = "emobox.csv";
  private static final int COLUMNS = 5;
  private static final int WIDTH = 128;
  private static final int EPOCHS = 100;
  private static final int BATCH = 32;
  private static final double RATE = 1e-4;

  private EmoBoxBenchmark() {}

  /**
   * Returns the benchmark of a corpus.
   *
   * @param window what the encoder hears besides the clip
   * @param blocks of the encoder
   */
  static Benchmark of(
      EmoBoxFolds folds,
      Corpus corpus,
      Recipe recipe,
      LayerFusion fusion,
      Window window,
      int blocks) {
    List<String> deviations = new ArrayList<>();
    addChoice(folds, recipe, deviations);
    addClips(folds, corpus, deviations);
    addFeatures(recipe, fusion, window, blocks, deviations);
    addHead(recipe, deviations);
    addTraining(recipe, deviations);
    return new Benchmark("EmoBox", deviations, published(folds.dataset()));
  }

  private static void addChoice(EmoBoxFolds folds, Recipe recipe, List<String> deviations) {
    if (folds.folds().stream().allMatch(fold -> fold.validation().isEmpty())) {
      deviations.add(
          ("No validation list is shipped: %.0f %% of the training clips, by speaker, are held out to"
                  + " choose the epoch by UA; %s. EmoBox's code means to hold out a fifth of the clips"
                  + " at random, tests every epoch on the test part, and does not say which one is"
                  + " reported.")
              .formatted(
                  100 * recipe.validationFraction(),
                  recipe.refit()
                      ? "the head is then trained anew on all training clips"
                      : "nothing is trained on those speakers"));
    }
  }

  private static void addClips(EmoBoxFolds folds, Corpus corpus, List<String> deviations) {
    int missing = folds.missingFrom(corpus).size();
    if (missing > 0) {
      deviations.add("%d clips that EmoBox lists are not in this corpus.".formatted(missing));
    }
    if (folds.dataset().equals("emodb")) {
      deviations.add(
          "EmoBox's label map of EMO-DB has no entry for the label neutral of its lists (79 clips) and"
              + " spells boredom boredem; here labels are the corpus's own, all seven.");
    }
  }

  private static void addFeatures(
      Recipe recipe, LayerFusion fusion, Window window, int blocks, List<String> deviations) {
    if (window.mode() != Window.Mode.PADDED) {
      deviations.add(
          "The encoder hears the window %s; EmoBox pads to 30 s and cuts hidden states to the clip."
              .formatted(WordConverter.word(window.mode())));
    }
    if (!fusion.equals(new SingleLayer(blocks))) {
      deviations.add(
          "Heads read layer %s; EmoBox reads the last, %d.".formatted(fusion.text(), blocks));
    }
    if (recipe.inputNormalisation() != InputNormalisation.UTTERANCE) {
      deviations.add(
          "Input normalisation is %s; EmoBox normalises clip by clip."
              .formatted(WordConverter.word(recipe.inputNormalisation())));
    }
  }

  private static void addHead(Recipe recipe, List<String> deviations) {
    if (recipe.projector() != Projector.RELU
        || recipe.projectionWidth() != WIDTH
        || !recipe.pooling().equals(new MeanPooling())
        || recipe.dropout() != 0) {
      deviations.add(
          "The head is projector %s to %d, pooling %s, dropout %s; EmoBox's is Linear to %d, ReLU, mean,"
                  .formatted(
                      WordConverter.word(recipe.projector()),
                      recipe.projectionWidth(),
                      recipe.headKind(),
                      recipe.dropout(),
                      WIDTH)
              + " Linear, no dropout.");
    }
  }

  private static void addTraining(Recipe recipe, List<String> deviations) {
    TrainingSettings settings = recipe.settings();
    if (settings.epochs() != EPOCHS
        || settings.batchSize() != BATCH
        || settings.peakLearningRate() != RATE
        || settings.weightDecay() != 0) {
      deviations.add(
          "Trained %d epochs, batch %d, rate %s, weight decay %s; EmoBox %d epochs, batch %d, Adam %s."
              .formatted(
                  settings.epochs(),
                  settings.batchSize(),
                  settings.peakLearningRate(),
                  settings.weightDecay(),
                  EPOCHS,
                  BATCH,
                  RATE));
    }
    deviations.add(
        "The learning rate is %s; EmoBox's example settings let it rise over the first ten epochs and"
                .formatted(
                    settings.schedule() == Schedule.CONSTANT ? "constant" : "that of a cosine")
            + " fall in a line after.");
    if (!settings.perturbations().equals(Perturbations.NONE)) {
      deviations.add(
          "Training shows a share of %s of a clip's frames, or perturbs clips otherwise; EmoBox shows all."
              .formatted(settings.perturbations().frameShare()));
    }
  }

  /** Returns what EmoBox prints for a corpus of its name, nothing if it prints nothing here. */
  static List<Benchmark.Row> published(String dataset) {
    List<Benchmark.Row> rows = new ArrayList<>();
    for (String line : lines()) {
      String[] cells = line.split(",", COLUMNS);
      if (cells[0].equals(dataset)) {
        rows.add(new Benchmark.Row(cells[1], share(cells[2]), share(cells[3]), share(cells[4])));
      }
    }
    return rows;
  }

  private static double share(String percent) {
    return Double.parseDouble(percent) / 100;
  }

  /** Returns the lines of the table, without comment and header. */
  private static List<String> lines() {
    try (InputStream stream = EmoBoxBenchmark.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().skip(2).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }
}
