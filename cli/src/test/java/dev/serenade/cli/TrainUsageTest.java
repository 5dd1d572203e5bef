package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.ExitCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code train} refuses, and how it says so. */
final class TrainUsageTest extends TinyTraining {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--layer;99;--layer: expected a number from 0 to 1, middle, last,",
        "--layer;weighted;weighted: expected two layers or more",
        "--pooling;nonsense;expected one of mean, weighted-mean, statistics, attentive, qkv, linear, found nonsense",
        "--window;wide;expected one of adaptive, memory, padded, found wide",
        "--loss;mse;expected one of cross-entropy, focal, found mse",
        "--class-weights;x;expected one of none, balanced, found x",
        "--threads;0;--threads: at least 1 is needed, found 0",
        "--threads;many;Invalid value for option '--threads'",
        "--store-limit;0;--store-limit: expected more than 0 gigabytes, found 0.0",
        "--batch;0;--batch: expected at least 1, found 0",
        "--lr;0;--lr: expected above 0, found 0.0",
        "--label-smoothing;1;--label-smoothing: expected in [0, 1), found 1.0",
        "--frame-share;0;--frame-share: expected in (0, 1], found 0.0",
        "--sampling;x;expected one of uniform, balanced, difficult, found x",
        "--seed;x;Invalid value for option '--seed'",
        "--dropout;2;dropout",
        "--validation;1;expected a validation fraction in (0, 1), found 1.0",
        "--calibration;x;expected one of none, temperature, vector, found x",
        "--calibration-folds;1;expected 2 calibration folds or more, or 0 for none, found 1",
        "--augment;loud;--augment: expected telephone, poor-phone or one of speed, rate, pitch",
        "--augment;speed:9;--augment: speed: expected a factor from 0.5 to 2, found 9.0",
        "--emotions;angry,,sad;--emotions: an emotion's name must be lower case",
        "--manifest;.;--manifest: expected a file, found the folder .",
        "--corpus;ravdess;expected either --manifest or --corpus, found both",
      })
  void wrongUsageIsSaidInALine(String option, String value, String message) {
    CommandRun run = trainOn(corpus.manifest(), option, value);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(message)
        .contains("Try 'serenade train --help'.")
        .doesNotContain("Exception");
    assertThat(model()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--pooling weighted-mean --query learned;--query: only with --pooling qkv",
        "--pooling mean --unscaled;--unscaled: only with --pooling attentive, qkv",
        "--pooling attentive --bounded-scores;--bounded-scores: only with --pooling qkv",
        "--mixed-scores;--mixed-scores: only with --pooling attentive, found --pooling qkv",
        "--pooling attentive --interaction linear;--interaction: only with --pooling qkv",
        "--pooling mean --output-norm none;--output-norm: only with --pooling statistics,",
        "--scaled --unscaled;expected --scaled or --unscaled, found both",
        "--interaction normalised --head-dim 1;heads of width at least 2 are needed",
        "--query x;expected one of mean, learned, found x",
        "--output-norm x;expected one of none, norm, add-and-norm, found x",
        "--interaction x;expected one of none, linear, normalised, found x",
        "--input-norm x;expected one of none, standardised, layer-norm, utterance, found x",
        "--projector x;expected one of learned, pca, relu, none, found x",
        "--projector pca --projection 17;--layer: expected at most as many principal components as hidden states are wide",
        "--projector pca --layer weighted:0-1;--layer: a pca projector is measured",
      })
  void optionsThatDoNotGoTogetherAreWrongUsage(String options, String message) {
    CommandRun run = trainOn(corpus.manifest(), (Object[]) options.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(message)
        .contains("Try 'serenade train --help'.")
        .doesNotContain("Exception");
    assertThat(model()).doesNotExist();
  }
}
