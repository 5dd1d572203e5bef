package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigTest {

  @TempDir private static Path folder;
  private static TinyCorpus corpus;

  @TempDir private Path out;

  @BeforeAll
  static void writeCorpus() throws IOException {
    corpus = TinyCorpus.write(folder);
  }

  private Path config(String... lines) throws IOException {
    return Files.write(out.resolve("run.yaml"), List.of(lines));
  }

  private static byte[] head(Path model) throws IOException {
    try (ZipFile zip = new ZipFile(model.toFile());
        InputStream head = zip.getInputStream(zip.getEntry("head.safetensors"))) {
      return head.readAllBytes();
    }
  }

  /**
   * Returns a file beside the corpus that says all that training needs; paths are relative to it.
   */
  private static Path complete(String... more) throws IOException {
    Path file = folder.resolve("complete.yaml");
    Files.writeString(
        file,
        """
        # YAML, so comments are fine.
        manifest: [calls.csv]
        encoder: tiny-encoder
        store: store
        heads: 2
        projection: 8
        epochs: 3
        lr: 0.02
        """);
    return Files.write(file, List.of(more), StandardOpenOption.APPEND);
  }

  @Test
  void aFileIsWorthItsOptionsAndItsPathsAreRelativeToIt() throws IOException {
    Path byOptions = out.resolve("options.serenade");
    Path byFile = out.resolve("file.serenade");
    corpus.run(
        "train", "--manifest", corpus.manifest(), "--out", byOptions, "--seed", 4, "--refit");
    CommandRun run =
        CommandRun.of("train", "--config", complete("seed: 4", "refit: true"), "--out", byFile);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(head(byFile)).isEqualTo(head(byOptions));
  }

  @Test
  void aPresetIsWorthItsOptionsAndWhatIsSaidWins() throws IOException {
    Path byOptions = out.resolve("options.serenade");
    Path byPreset = out.resolve("preset.serenade");
    Path byFile = out.resolve("file.serenade");
    String[] same = {
      "--projector=relu",
      "--pooling=mean",
      "--dropout=0",
      "--layer=last",
      "--window=memory",
      "--input-norm=utterance",
      "--weight-decay=0",
      "--schedule=constant",
      "--batch=32",
      "--validation=0.2"
    };
    CommandRun.of(
        Stream.concat(
                Stream.of("train", "--config", complete(), "--out", byOptions), Stream.of(same))
            .toArray());
    CommandRun run =
        CommandRun.of(
            "train",
            "--preset",
            "emobox",
            "--window=memory",
            "--refit=false",
            "--config",
            complete(),
            "--out",
            byPreset);
    CommandRun ofFile =
        CommandRun.of(
            "train",
            "--config",
            complete("preset: emobox", "refit: false", "window: memory"),
            "--out",
            byFile);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(head(byPreset)).isEqualTo(head(byOptions));
    assertThat(ofFile.exitCode()).as(ofFile.err()).isEqualTo(ExitCode.DONE);
    assertThat(head(byFile)).isEqualTo(head(byOptions));
  }

  @Test
  void anUnknownPresetIsWrongUsage() throws IOException {
    CommandRun run = corpus.run("train", "--preset", "sota", "--out", out.resolve("x.serenade"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("expected one of default, paper, emobox, best, found sota");
  }

  @Test
  void theCommandLineWins() throws IOException {
    Path expected = out.resolve("expected.serenade");
    Path both = out.resolve("both.serenade");
    CommandRun.of("train", "--config", complete("seed: 4"), "--out", expected);
    CommandRun run =
        CommandRun.of(
            "train",
            "--config=" + complete("seed: 9", "refit: true", "out: other.serenade"),
            "--out",
            both,
            "--seed",
            4,
            "--refit=false",
            "--manifest",
            corpus.manifest());

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.errLines().get(0)).isEqualTo("calls: 16 clips, 4 speakers, angry 8, sad 8");
    assertThat(head(both)).isEqualTo(head(expected));
    assertThat(folder.resolve("other.serenade")).doesNotExist();
  }

  @Test
  void whatATrainingWritesDoesItAgain() throws IOException {
    Path first = out.resolve("first.serenade");
    CommandRun run =
        corpus.run(
            "train",
            "--manifest",
            corpus.manifest(),
            "--out",
            first,
            "--layer",
            "concat:0-1",
            "--seed",
            7,
            "--augment",
            "gain:-6+noise:10",
            "--augment",
            "speed:0.9",
            "--refit",
            "--sampling",
            "balanced",
            "--licence",
            "CC-BY: \"#1\", 'quoted'",
            "--emotions",
            "angry,sad");
    Path config = out.resolve("first.serenade.config.yaml");
    Path second = out.resolve("second.serenade");
    CommandRun again = CommandRun.of("train", "--config", config, "--out", second);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(head(second)).isEqualTo(head(first));
    List<String> lines = Files.readAllLines(config);
    assertThat(lines.get(0))
        .startsWith("# What serenade train (version ")
        .contains("--config FILE");
    assertThat(lines)
        .contains("out: first.serenade", "layer: concat:0-1", "seed: 7", "refit: true")
        .contains("window: memory", "pooling: qkv", "batch: 16", "label-smoothing: 0.0")
        .contains("without-encoder: false", "sampling: balanced", "loss: cross-entropy")
        .contains("encoder: " + corpus.encoder(), "- speed:0.9");
    // Written with the file's own name and place aside, the same again.
    assertThat(Files.readAllLines(out.resolve("second.serenade.config.yaml")))
        .isEqualTo(lines.stream().map(line -> line.replace("first.", "second.")).toList());
  }

  /** The file names the defaults of every pooling, whichever was used. */
  @ParameterizedTest
  @ValueSource(strings = {"mean", "attentive", "linear"})
  void whatAnEvaluationWritesDoesItAgain(String pooling) throws IOException {
    Path first = out.resolve("first");
    CommandRun run =
        corpus.run(
            "evaluate",
            "--manifest",
            corpus.manifest(),
            "--report",
            first,
            "--protocol",
            "speaker-folds:2",
            "--pooling",
            pooling,
            "--seed",
            7);
    CommandRun again =
        CommandRun.of(
            "evaluate",
            "--config",
            first.resolve("config.yaml"),
            "--report",
            out.resolve("second"));

    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).isEqualTo(run.out());
    assertThat(out.resolve("second/predictions.csv"))
        .hasSameTextualContentAs(first.resolve("predictions.csv"));
    assertThat(first.resolve("config.yaml")).content().contains("report: .\n");
  }

  @Test
  void aFinishedModelIsScoredAgainByItsFile() throws IOException {
    Path model = out.resolve("calls.serenade");
    corpus.run("train", "--manifest", corpus.manifest(), "--out", model);
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--manifest",
            corpus.manifest(),
            "--model",
            model,
            "--report",
            out.resolve("first"));
    CommandRun again =
        CommandRun.of(
            "evaluate",
            "--config",
            out.resolve("first/config.yaml"),
            "--report",
            out.resolve("second"));

    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.out()).isEqualTo(run.out());
  }

  @Test
  void extractTakesAFileToo() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("extract.yaml"),
            "manifest: calls.csv\nencoder: tiny-encoder\nstore: other-store\nlayer: 1\n");
    Path index = out.resolve("index.csv");
    CommandRun run = CommandRun.of("extract", "--config", file, "--index", index);
    String rows = Files.readString(index);
    Files.delete(index);
    CommandRun again = CommandRun.of("extract", "--config", out.resolve("index.csv.config.yaml"));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("other-store")).isDirectory();
    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(index).hasContent(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epoch: 3 | line 2: epoch: no such option of train; did you mean epochs?",
        "lable-smoothing: 3 | line 2: lable-smoothing: no such option of train; did you mean label-smoothing?",
        "config: other.yaml | line 2: config: no such option of train; did you mean",
        "epochs: many | line 2: epochs: Invalid value for option '--epochs'",
        "epochs: 2.5 | line 2: epochs: Invalid value for option '--epochs'",
        "epochs: [1, 2] | line 2: epochs: expected one value, found a list of 2",
        "epochs: {a: 1} | line 2: epochs: expected a value, found more than that",
        "epochs: | line 2: epochs: expected a value, found nothing",
        "refit: 1 | line 2: refit: expected true or false, found 1",
        "pooling: max | line 2: pooling: Invalid value for option '--pooling'",
        "seed: 4 | line 2: seed was given before, in line 1",
        "'- seed' | YAML expected: ",
        "batch: 0 | --batch: expected at least 1, found 0",
      })
  void wrongUsageNamesFileLineAndKey(String line, String message) throws IOException {
    Path file = config("seed: 3", line);
    CommandRun run =
        corpus.run(
            "train",
            "--manifest",
            corpus.manifest(),
            "--out",
            out.resolve("x.serenade"),
            "--config",
            file,
            "--epochs",
            3);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains(message)
        .contains("Try 'serenade train --help'.")
        .doesNotContain("Exception");
    if (!message.startsWith("--")) {
      assertThat(run.err()).contains("serenade: " + file);
    }
  }

  @Test
  void whatIsNoMappingOrMissingIsSaid() throws IOException {
    CommandRun list = CommandRun.of("train", "--config", config("- a", "- b"));
    CommandRun missing = CommandRun.of("train", "--config", out.resolve("none.yaml"));
    CommandRun unnamed = CommandRun.of("train", "--config");
    CommandRun empty = CommandRun.of("train", "--config", config());
    CommandRun elsewhere = CommandRun.of("predict", "--config", config(), "x.wav");

    assertThat(list.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(list.err()).contains("line 1: expected lines such as \"layer: 3\"");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(missing.err()).contains("no file " + out.resolve("none.yaml"));
    assertThat(unnamed.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unnamed.err()).contains("Missing required parameter for option '--config'");
    assertThat(empty.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(empty.err()).contains("Missing required option: '--out=FILE'");
    assertThat(elsewhere.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(elsewhere.err()).contains("Unknown option: '--config'");
  }
}
