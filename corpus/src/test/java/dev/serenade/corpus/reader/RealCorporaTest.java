package dev.serenade.corpus.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.SharedData;
import dev.serenade.corpus.Utterance;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readers against the manifests that come with the real corpora. */
class RealCorporaTest {

  @ParameterizedTest
  @CsvSource({"emodb,535,10,7", "emovo,588,6,7", "ravdess,1440,24,8"})
  void folderAndManifestSayTheSame(String name, int clips, int speakers, int classes)
      throws Exception {
    Path root = SharedData.folder("corpora").resolve(name);

    Corpus read = CorpusReaders.named(name).read(root);
    Corpus listed = Manifest.read(root.resolve("manifest.csv"));

    assertThat(read.skipped()).isEmpty();
    assertThat(listed.skipped()).isEmpty();
    assertThat(read.utterances()).hasSize(clips);
    assertThat(read.speakers()).hasSize(speakers);
    assertThat(read.emotions()).hasSize(classes);
    assertThat(read.emotionCounts()).isEqualTo(listed.emotionCounts());
    assertThat(facts(read)).isEqualTo(facts(listed));
  }

  private static Set<String> facts(Corpus corpus) {
    return corpus.utterances().stream().map(RealCorporaTest::facts).collect(Collectors.toSet());
  }

  private static String facts(Utterance clip) {
    return String.join(
        " ",
        clip.id(),
        clip.speaker(),
        clip.emotion().name(),
        clip.sex().orElse("?"),
        clip.language().orElse("?"));
  }
}
