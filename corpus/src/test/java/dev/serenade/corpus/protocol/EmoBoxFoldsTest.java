package dev.serenade.corpus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.CorpusTree;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Fold;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.SharedData;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.reader.CorpusReaders;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmoBoxFoldsTest {

  @TempDir Path folder;

  private static String line(String clip) {
    return """
        {"key": "made-%s", "dataset": "made", "wav": "downloads/made/%s.wav", "emo": "sad"}
        """
        .formatted(clip, clip);
  }

  private static Corpus corpus(String... clips) {
    List<Utterance> utterances =
        Arrays.stream(clips)
            .map(
                c ->
                    Utterance.builder(c, Path.of(c + ".flac"), c.substring(0, 1), Emotion.SAD)
                        .build())
            .toList();
    return Corpus.of("made", Path.of("."), utterances, List.of());
  }

  @Test
  void clipsAreMatchedByNameAndOthersTakeNoPart() throws Exception {
    new CorpusTree(folder)
        .write("fold_1/made_train_fold_1.jsonl", line("a1") + line("b1"))
        .write("fold_1/made_test_fold_1.jsonl", line("c1") + line("c2"))
        .write("fold_2/made_train_fold_2.jsonl", line("b1") + line("c1"))
        .write("fold_2/made_valid_fold_2.jsonl", line("d1"))
        .write("fold_2/made_test_fold_2.jsonl", line("a1"));
    EmoBoxFolds protocol = EmoBoxFolds.read(folder);
    Corpus corpus = corpus("a1", "b1", "c1", "d1", "e1");

    List<Fold> folds = protocol.folds(corpus, 0.5, 1);

    assertThat(folds).extracting(Fold::name).containsExactly("fold 1", "fold 2");
    assertThat(folds.get(0).test()).extracting(Utterance::id).containsExactly("c1");
    assertThat(folds.get(0).train()).hasSize(1);
    assertThat(folds.get(0).validation()).hasSize(1);
    assertThat(folds.get(1).validation()).extracting(Utterance::id).containsExactly("d1");
    assertThat(protocol.missingFrom(corpus)).containsExactly("c2");
    assertThat(protocol.speakersShared()).isFalse();
    assertThat(Protocol.parse("emobox:" + folder)).isEqualTo(protocol);
  }

  @Test
  void recordingsOfOneNameCannotBeMatched() throws Exception {
    new CorpusTree(folder)
        .write("fold_1/made_train_fold_1.jsonl", line("a1"))
        .write("fold_1/made_test_fold_1.jsonl", line("c1"));
    assertThatThrownBy(() -> EmoBoxFolds.read(folder).folds(corpus("a1", "a1"), 0.5, 1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("found a1 and a1");
  }

  @Test
  void aFolderWithoutListsIsRefused() {
    assertThatThrownBy(() -> EmoBoxFolds.read(folder))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("fold_1/");
  }

  @Test
  void aBrokenListIsRefused() throws Exception {
    new CorpusTree(folder).write("fold_1/made_train_fold_1.jsonl", line("a1") + "{\n");
    assertThatThrownBy(() -> EmoBoxFolds.read(folder))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("line 2");
  }

  @ParameterizedTest
  @CsvSource({"emodb,5,535,true", "emovo,6,588,false", "ravdess,6,1440,false"})
  void realCorporaAreDividedWhole(String name, int count, int clips, boolean shared)
      throws Exception {
    EmoBoxFolds protocol = EmoBoxFolds.read(SharedData.folder("emobox").resolve(name));
    Corpus corpus = CorpusReaders.named(name).read(SharedData.folder("corpora").resolve(name));

    List<Fold> folds = protocol.folds(corpus, 0.2, 1);

    assertThat(folds).hasSize(count);
    assertThat(protocol.missingFrom(corpus)).isEmpty();
    assertThat(protocol.speakersShared()).isEqualTo(shared);
    assertThat(protocol.statement().contains("also in training")).isEqualTo(shared);
    Set<Utterance> tested = new HashSet<>();
    for (Fold fold : folds) {
      tested.addAll(fold.test());
      assertThat(fold.train().size() + fold.validation().size() + fold.test().size())
          .isEqualTo(clips);
      assertThat(fold.validation()).isNotEmpty();
      assertThat(fold.sharedSpeakers().isEmpty()).isNotEqualTo(shared);
      Set<String> heldOut = new HashSet<>();
      fold.validation().forEach(clip -> heldOut.add(clip.speaker()));
      assertThat(fold.train()).extracting(Utterance::speaker).doesNotContainAnyElementsOf(heldOut);
    }
    assertThat(tested).hasSize(clips);
  }
}
