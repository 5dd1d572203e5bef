package dev.serenade.corpus.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.corpus.CorpusTree;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusReadersTest {

  @TempDir Path root;

  static Stream<String> names() {
    return CorpusReaders.all().stream().map(CorpusReader::name);
  }

  @Test
  void namesAreDifferent() {
    assertThat(names()).doesNotHaveDuplicates().contains("shemo", "iemocap", "emodb", "meld");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aReaderIsFoundByItsName(String name) {
    assertThat(CorpusReaders.named(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aFolderWithoutTheCorpusIsRefused(String name) throws Exception {
    new CorpusTree(root).with("recording.wav");
    assertThatThrownBy(() -> CorpusReaders.named(name).read(root))
        .isInstanceOf(CorpusLayoutException.class)
        .hasMessageStartingWith(root + ": not the layout of " + name)
        .hasMessageContaining("found");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aMissingFolderIsRefused(String name) {
    assertThatThrownBy(() -> CorpusReaders.named(name).read(root.resolve("gone")))
        .isInstanceOf(CorpusLayoutException.class)
        .hasMessageContaining("a folder expected");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNamesThereAre() {
    assertThatThrownBy(() -> CorpusReaders.named("emo-db"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("emo-db")
        .hasMessageContaining("emodb, emovo");
  }
}
