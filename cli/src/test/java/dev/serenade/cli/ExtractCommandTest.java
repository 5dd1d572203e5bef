package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.cli.console.ExitCode;
import dev.serenade.whisper.tensor.ElementType;
import dev.serenade.whisper.tensor.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtractCommandTest {

  @TempDir private static Path folder;
  private static TinyCorpus corpus;

  @TempDir private Path store;

  @BeforeAll
  static void writeCorpus() throws IOException {
    corpus = TinyCorpus.write(folder);
  }

  private CommandRun extract(Path manifest, Object... arguments) {
    return corpus.run(
        "extract",
        Stream.concat(Stream.of("--manifest", manifest, "--store", store), Stream.of(arguments))
            .toArray());
  }

  private List<Path> stored() throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).toList();
    }
  }

  @Test
  void helpFitsEightyColumnsAndNamesItsOptions() {
    CommandRun run = CommandRun.of("extract", "--help");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out())
        .contains("--manifest=FILE", "--layer=LAYERS", "--augment=EFFECTS", "--store=DIR")
        .contains("--store-limit=GB", "--index=FILE", "(default: 0)", "Examples:");
  }

  @Test
  void theStoreIsFilledAndSummarised() throws IOException {
    CommandRun run = extract(corpus.manifest(), "--layer", "0", "--augment", "speed:0.5");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("calls: 16 clips, 4 speakers, angry 8, sad 8");
    // No two clips are alike: the silent ones last as long as the others, from 0.20 s to 0.41 s.
    assertThat(run.outLines()).contains("clips    16", "copies   16", "failed   0", "layers   0");
    assertThat(run.out())
        .containsPattern("size     \\d+\\.\\d MB, of \\d+\\.\\d MB in the store")
        .containsPattern("seconds  \\d+\\.\\d")
        .contains("folder   " + store);
    assertThat(stored()).hasSize(32);
  }

  @Test
  void allLayersServeEveryTraining() throws IOException {
    extract(corpus.manifest(), "--layer", "all");
    List<Path> files = stored();
    for (Path file : files) {
      try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
        assertThat(tensors.names()).containsExactly("layer.1");
        assertThat(tensors.info("layer.1").type()).isEqualTo(ElementType.F16);
      }
    }
    CommandRun again = extract(corpus.manifest(), "--layer", "last");

    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(again.outLines()).contains("layers   1");
    assertThat(stored()).isEqualTo(files);
  }

  @Test
  void theIndexLeadsFromClipsToFiles() throws IOException {
    Path index = store.resolve("index.csv");
    CommandRun run = extract(corpus.manifest(), "--augment", "noise:10", "--index", index);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    List<String> rows = Files.readAllLines(index);
    assertThat(rows).hasSize(33);
    assertThat(rows.get(0))
        .isEqualTo("file,path,start,end,channel,speaker,emotion,augmentation,frames");
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      try (SafetensorsFile tensors = SafetensorsFile.open(Path.of(cells[0]))) {
        assertThat(tensors.info("layer.1").shape()).containsExactly(Long.valueOf(cells[8]), 16L);
      }
      assertThat(Path.of(cells[1])).exists();
    }
    assertThat(rows.get(1)).contains("angry-0-0.wav,,,,s0,angry,,");
    assertThat(rows.get(17)).contains("angry-0-0.wav,,,,s0,angry,noise:10,");
  }

  @Test
  void aDamagedClipFailsAlone() throws IOException {
    Files.writeString(folder.resolve("damaged.wav"), "not audio");
    Path manifest =
        corpus.manifest(
            "damaged.csv",
            Stream.concat(corpus.rows(), Stream.of("damaged.wav,s1,sad")).toArray(String[]::new));
    CommandRun run = extract(manifest);

    assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
    assertThat(run.err()).contains("serenade: failed: ").contains("damaged.wav");
    assertThat(run.outLines()).contains("clips    16", "failed   1");
  }

  @Test
  void oneEmotionOfOneSpeakerIsEnough() throws IOException {
    CommandRun run = extract(corpus.manifest("one.csv", "sad-0-0.wav,s0,sad"));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines()).contains("clips    1");
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    CommandRun index = extract(corpus.manifest(), "--index", store.resolve("no/index.csv"));
    CommandRun layer = extract(corpus.manifest(), "--layer", "7");
    CommandRun full = extract(corpus.manifest(), "--store-limit", "0.000001");

    assertThat(index.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(index.err()).contains("cannot write the file ").contains("index.csv");
    assertThat(layer.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(layer.err()).contains("--layer: expected a number from 0 to 1");
    assertThat(full.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(full.err()).contains("the limit of the feature store");
  }
}
