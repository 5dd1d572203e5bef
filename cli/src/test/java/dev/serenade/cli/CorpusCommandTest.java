package dev.serenade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.serenade.cli.console.ExitCode;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.reader.CorpusReader;
import dev.serenade.corpus.reader.CorpusReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CorpusCommandTest {

  @TempDir private Path folder;

  private Path recording(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, TestSounds.silence(0.1));
  }

  private Path manifest(Stream<String> rows) throws IOException {
    return Files.write(
        folder.resolve("calls.csv"),
        Stream.concat(Stream.of("path,speaker,emotion,session,sex"), rows).toList());
  }

  @Test
  void everyReaderIsListedWithItsCodes() {
    CommandRun run = CommandRun.of("corpus", "list");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    for (CorpusReader reader : CorpusReaders.all()) {
      assertThat(run.outLines())
          .anyMatch(
              line ->
                  line.startsWith(reader.name() + " ")
                      && line.endsWith(" " + reader.description()));
    }
    assertThat(run.out())
        .contains("A fearful, E disgusted, F happy, L bored, N neutral, T sad, W angry");
  }

  @Test
  void theListIsJsonForPrograms() {
    CommandRun run = CommandRun.of("corpus", "list", "--format", "json");
    JsonArray corpora = JsonParser.parseString(run.out()).getAsJsonArray();

    assertThat(corpora).hasSize(CorpusReaders.all().size());
    for (int i = 0; i < corpora.size(); i++) {
      JsonObject corpus = corpora.get(i).getAsJsonObject();
      CorpusReader reader = CorpusReaders.all().get(i);
      assertThat(corpus.get("name").getAsString()).isEqualTo(reader.name());
      assertThat(corpus.getAsJsonObject("codes").keySet()).isEqualTo(reader.codes().keySet());
    }
  }

  @Test
  void theLedgerIsMarkdown() {
    CommandRun run = CommandRun.of("corpus", "list", "--format", "markdown");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .startsWith("# Corpora")
        .contains("CC BY-NC-SA 4.0: non-commercial use. Name the authors")
        .contains("W → angry, L → bored", "exc → happy", "exc → excited");
  }

  @Test
  void aCorpusIsShownWithItsLicence() throws IOException {
    recording("wav/03a01Fa.wav");
    CommandRun run = CommandRun.of("corpus", "show", "--corpus", "emodb", "--root", folder);

    assertThat(run.outLines()).anyMatch(line -> line.startsWith("licence   EMO-DB, CC0: any use."));
  }

  @Test
  void aCorpusIsShownWithWhatWasLeftOut() throws IOException {
    recording("a.wav");
    recording("b.wav");
    Path manifest =
        manifest(
            Stream.concat(
                Stream.of("a.wav,s1,sad,1,f", "b.wav,s2,Wut,2,m"),
                IntStream.range(0, 12).mapToObj(i -> "gone-%d.wav,s1,sad,1,f".formatted(i))));
    CommandRun run = CommandRun.of("corpus", "show", "--manifest", manifest);
    CommandRun all = CommandRun.of("corpus", "show", "--manifest", manifest, "--all");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines())
        .contains(
            "corpus    calls",
            "clips     2",
            "speakers  2, of 1 to 1 clips",
            "emotions  angry 1, sad 1",
            "sexes     female 1, male 1",
            "sessions  1 1, 2 1",
            "left out  12",
            "          missing-file 12",
            "            and 2 more; see --all");
    assertThat(run.out()).contains("gone-9.wav: ").doesNotContain("gone-10.wav");
    assertThat(all.out()).contains("gone-11.wav: ").doesNotContain("more; see");
  }

  @Test
  void labelsThatDifferAreListed() throws IOException {
    recording("female/F01A01.wav");
    recording("female/F01S02.wav");
    Files.writeString(
        folder.resolve("shemo.json"),
        """
        {"F01A01": {"emotion": "anger"}, "F01S02": {"emotion": "neutral"}}
        """);
    CommandRun run = CommandRun.of("corpus", "show", "--corpus", "shemo", "--root", folder);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.outLines())
        .contains(
            "labels    1 differ",
            "            female/F01S02.wav: sad by its name, neutral by shemo.json");
  }

  @Test
  void aPublishedCorpusBecomesAManifest() throws Exception {
    recording("Actor_01/03-01-05-01-01-01-01.wav");
    recording("Actor_02/03-01-04-01-01-01-02.wav");
    Path manifest = folder.resolve("ravdess.csv");
    CommandRun run =
        CommandRun.of(
            "corpus",
            "show",
            "--corpus",
            "ravdess",
            "--root",
            folder,
            "--write-manifest",
            manifest);
    Corpus read = Manifest.read(manifest);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(read.utterances())
        .isEqualTo(CorpusReaders.named("ravdess").read(folder).utterances());
    assertThat(CommandRun.of("corpus", "show", "--manifest", manifest).outLines())
        .contains("clips     2", "emotions  angry 1, sad 1", "left out  0");
  }

  @Test
  void wrongUsageIsSaidInALine() {
    List<CommandRun> runs =
        List.of(
            CommandRun.of("corpus"),
            CommandRun.of("corpus", "show"),
            CommandRun.of("corpus", "list", "--format", "xml"));

    assertThat(runs).allMatch(run -> run.exitCode() == ExitCode.USAGE && run.out().isEmpty());
    assertThat(runs.get(0).err()).contains("expected a command, list or show");
    assertThat(runs.get(1).err()).contains("expected either --manifest or --corpus, found neither");
    assertThat(runs.get(2).err()).contains("expected one of table, json, markdown, found xml");
    CommandRun missing = CommandRun.of("corpus", "show", "--manifest", folder.resolve("no.csv"));
    CommandRun unwritable =
        CommandRun.of(
            "corpus", "show", "--manifest", folder.resolve("no.csv"), "--write-manifest", folder);
    assertThat(missing.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(unwritable.exitCode()).isEqualTo(ExitCode.CANNOT_RUN);
  }
}
