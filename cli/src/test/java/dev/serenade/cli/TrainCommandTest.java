package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.ExitCode;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainCommandTest extends TinyTraining {

  @Test
  void helpFitsEightyColumnsAndNamesItsOptions() {
    CommandRun run = CommandRun.of("train", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("--manifest=FILE", "--corpus=NAME", "--out=FILE", "--encoder=NAME|DIR")
        .contains("--layer=LAYERS", "--pooling=KIND", "--heads=N", "--head-dim=N", "--projection=N")
        .contains("--query=KIND", "--scaled", "--unscaled", "--bounded-scores", "--mixed-scores")
        .contains("--interaction=KIND", "--output-norm=KIND", "--projector=KIND")
        .contains("--dropout=P", "--epochs=N", "--batch=N", "--lr=RATE", "--seed=N")
        .contains("--loss=KIND", "--class-weights=KIND", "(default: 30)", "Examples:");
  }

  @Test
  void aTrainedModelPredicts() throws IOException {
    CommandRun run = trainOn(corpus.manifest());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.errLines().get(0)).isEqualTo("calls: 16 clips, 4 speakers, angry 8, sad 8");
    assertThat(run.err()).contains("epoch  1/3  loss ").contains("epoch  3/3  loss ");
    assertThat(run.outLines()).hasSize(1);
    assertThat(run.out())
        .matches(
            "(?s).*calls\\.serenade: epoch \\d, [\\d.]+ % unweighted average recall on 1 held-out speaker, temperature [\\d.]+\\R");

    CommandRun predicted =
        CommandRun.of(
            "predict", folder.resolve("angry-0-0.wav"), "--model", model(), "--format", "csv");
    assertThat(predicted.exitCode()).as(predicted.err()).isEqualTo(ExitCode.DONE);
    assertThat(predicted.outLines().get(0)).contains(",angry,sad,");
    assertThat(predicted.outLines().get(1)).contains("angry-0-0.wav");
  }

  @Test
  void theSameSeedGivesTheSameHeadOnAnyNumberOfThreads() throws IOException {
    trainOn(corpus.manifest(), "--seed", 3, "--threads", 1);
    byte[] first = head(model());
    trainOn(corpus.manifest(), "--seed", 3, "--threads", 3);
    byte[] second = head(model());
    trainOn(corpus.manifest(), "--seed", 4);

    assertThat(second).isEqualTo(first);
    assertThat(head(model())).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "--frame-share, 0.5",
    "--time-mask, 0.9",
    "--feature-mask, 0.5",
    "--mixup, 0.4",
    "--sampling, balanced",
    "--sampling, difficult",
    "--loss, focal",
    "--label-smoothing, 0.2",
    "--weight-decay, 0.3",
    "--augment, noise:5"
  })
  void everyOptionOfTrainingReachesTheHead(String option, String value) throws IOException {
    // One class is rarer, so that it matters how examples are drawn.
    Path manifest = corpus.manifest("unequal.csv", corpus.rows().skip(1).toArray(String[]::new));
    trainOn(manifest);
    byte[] without = head(model());
    CommandRun run = trainOn(manifest, option, value);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(head(model())).isNotEqualTo(without);
  }

  @Test
  void withoutEncoderTheModelIsSmall() throws IOException {
    trainOn(corpus.manifest());
    long whole = Files.size(model());
    CommandRun run = trainOn(corpus.manifest(), "--without-encoder");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(Files.size(model())).isLessThan(whole / 2);
  }

  @Test
  void aMissingFileIsLeftOutAndSaid() throws IOException {
    Path manifest =
        corpus.manifest(
            "missing.csv",
            Stream.concat(corpus.rows(), Stream.of("gone.wav,s1,sad")).toArray(String[]::new));
    CommandRun run = trainOn(manifest);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.errLines().get(0)).startsWith("missing: 16 clips");
    assertThat(run.errLines().get(1)).startsWith("serenade: left out: gone.wav: ");
  }

  @Test
  void aDamagedClipFailsAloneAndTheModelIsWritten() throws IOException {
    Files.writeString(folder.resolve("damaged.wav"), "not audio");
    Path manifest =
        corpus.manifest(
            "damaged.csv",
            Stream.concat(corpus.rows(), Stream.of("damaged.wav,s1,sad")).toArray(String[]::new));
    CommandRun run = trainOn(manifest);

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(run.err()).contains("serenade: failed: ").contains("damaged.wav");
    assertThat(model()).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--query learned",
        "--unscaled",
        "--bounded-scores",
        "--output-norm norm",
        "--interaction linear",
        "--interaction normalised",
        "--input-norm layer-norm",
        "--input-norm utterance",
        "--projector pca",
        "--pooling statistics --output-norm none",
        "--pooling attentive --scaled",
        "--pooling attentive --mixed-scores"
      })
  void everyVariantOfHeadsReachesTheModel(String options) throws IOException {
    Object[] arguments = options.split(" ");
    boolean otherPooling = arguments[0].equals("--pooling");
    trainOn(corpus.manifest(), Arrays.copyOf(arguments, otherPooling ? 2 : 0));
    byte[] plain = head(model());
    CommandRun run = trainOn(corpus.manifest(), arguments);
    CommandRun predicted =
        CommandRun.of("predict", folder.resolve("angry-0-0.wav"), "--model", model());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(head(model())).isNotEqualTo(plain);
    assertThat(predicted.exitCode()).as(predicted.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatPoolingsDoAnywayMayBeSaid() throws IOException {
    trainOn(corpus.manifest());
    byte[] plain = head(model());
    trainOn(
        corpus.manifest(),
        (Object[])
            ("--pooling qkv --query mean --scaled --output-norm add-and-norm --interaction none"
                    + " --input-norm standardised --projector learned")
                .split(" "));

    assertThat(head(model())).isEqualTo(plain);
  }

  @Test
  void layersHaveNames() throws IOException {
    for (Object layer : new Object[] {"middle", "last", 1, "concat:0-1", "attention:0,1"}) {
      assertThat(trainOn(corpus.manifest(), "--layer", layer).exitCode()).isEqualTo(ExitCode.DONE);
    }
  }

  @ParameterizedTest
  @CsvSource({"mean", "weighted-mean", "statistics", "attentive", "qkv"})
  void everyPoolingTrains(String pooling) {
    CommandRun run =
        trainOn(corpus.manifest(), "--pooling", pooling, "--loss", "ce", "--input-norm", "none");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void clipsAreNeeded() {
    CommandRun none = train();
    CommandRun rootless = train("--corpus", "ravdess");
    CommandRun unknown = train("--corpus", "nonsense", "--root", folder);

    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("expected either --manifest or --corpus, found neither");
    assertThat(rootless.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(rootless.err()).contains("--corpus needs --root");
    assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("--corpus: no corpus named nonsense; there are shemo, ");
  }

  @Test
  void twoEmotionsOfTwoSpeakersAreNeeded() throws IOException {
    CommandRun unknown = trainOn(corpus.manifest(), "--emotions", "bored");
    CommandRun one = trainOn(corpus.manifest(), "--emotions", "sad");
    String[] rows = corpus.rows().filter(row -> row.contains(",s2,")).toArray(String[]::new);
    CommandRun alone = trainOn(corpus.manifest("alone.csv", rows));

    assertThat(unknown.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(unknown.err()).contains("calls: no clip of bored; its emotions are angry, sad");
    assertThat(one.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(one.err()).contains("calls: expected clips of two emotions or more, found only sad");
    assertThat(alone.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(alone.err())
        .contains(
            "alone: expected clips of two speakers or more, as one is held out to choose the epoch, found only s2");
  }

  @Test
  void whatIsMissingIsNamed() {
    CommandRun manifest = trainOn(folder.resolve("none.csv"));
    CommandRun encoder = trainOn(corpus.manifest(), "--encoder", "no-such-encoder");
    CommandRun target =
        CommandRun.of(
            "train", "--manifest", corpus.manifest(), "--out", folder.resolve("no/x.serenade"));
    CommandRun directory = CommandRun.of("train", "--manifest", "x.csv", "--out", folder);
    CommandRun nothing = CommandRun.of("train", "--manifest", "x.csv");

    assertThat(manifest.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(manifest.err()).contains("no file " + folder.resolve("none.csv"));
    assertThat(encoder.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(encoder.err())
        .contains("encoder no-such-encoder: ")
        .contains("put config.json and model.safetensors of the Whisper model into ");
    assertThat(target.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(target.err()).contains("x.serenade: no writable folder there");
    assertThat(directory.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(directory.err()).contains("--out: expected a file, found the folder " + folder);
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(nothing.err()).contains("Missing required option: '--out=FILE'");
  }

  @Test
  void aModelSaysWhichCopiesItWasTrainedOn() throws IOException {
    CommandRun run =
        trainOn(corpus.manifest(), "--augment", "speed:0.90", "--augment", "room+noise:15");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    try (EmotionModel model = ModelFile.read(model(), EncoderLocator.create())) {
      assertThat(model.description().provenance())
          .containsEntry("augmentation", "speed:0.9, room:0.4+noise:15")
          .containsEntry("trainingClips", "12");
    }
  }

  @Test
  void aFullStoreSaysSo() {
    CommandRun run = trainOn(corpus.manifest(), "--store", out, "--store-limit", "0.000001");

    assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(run.err()).contains("the limit of the feature store, 0.0 MB, does not hold");
  }

  @Test
  void aModelSaysWhatHeldOutSpeakersShowed() throws IOException {
    trainOn(corpus.manifest());
    byte[] head = head(model());
    ModelDescription alone = ModelFile.readHead(model()).description();
    CommandRun run =
        trainOn(corpus.manifest(), "--calibration", "vector", "--calibration-folds", 4);
    ModelDescription pooled = ModelFile.readHead(model()).description();

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(alone.heldOut().orElseThrow().speakers()).isEqualTo(1);
    assertThat(pooled.heldOut().orElseThrow().speakers()).isEqualTo(4);
    assertThat(pooled.heldOut().orElseThrow().clips()).isEqualTo(16);
    assertThat(alone.provenance()).containsEntry("calibration", "temperature");
    assertThat(pooled.provenance()).containsEntry("calibrationFolds", "4");
    // Four speakers are too few for more than a temperature, so the head is the same.
    assertThat(pooled.provenance().get("calibrationScales")).isEqualTo("[1.0, 1.0]");
    assertThat(head(model())).isEqualTo(head);

    trainOn(corpus.manifest(), "--calibration", "none");
    assertThat(ModelFile.readHead(model()).description().temperature()).isEqualTo(1);
    assertThat(head(model())).isEqualTo(head);
  }
}
