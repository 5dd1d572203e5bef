package dev.serenade.corpus.emobox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.CorpusTree;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.Manifest;
import dev.serenade.corpus.ManifestFormatException;
import dev.serenade.corpus.SharedData;
import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.Utterance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmoBoxManifestTest {

  @TempDir Path root;

  private Corpus read(String lines) throws Exception {
    Path list = root.resolve("list.jsonl");
    Files.writeString(list, lines);
    return EmoBoxManifest.read(list, root, EmotionLabels.standard());
  }

  private static String line(String key, String wav, String emotion) {
    return """
        {"key": "%s", "dataset": "emodb", "wav": "%s", "length": 1.5, "emo": "%s", "channel": 1}
        """
        .formatted(key, wav, emotion);
  }

  @Test
  void speakerSexAndLanguageComeFromTheNameAndTheFileFromAnyEndOfThePath() throws Exception {
    new CorpusTree(root).with("wav/03a01La.flac", "elsewhere/08b02Na.mp3");

    Corpus corpus =
        read(
            line("emodb-03a01La", "downloads/emodb/wav/03a01La.wav", "boredem")
                + line("emodb-08b02Na", "downloads/emodb/wav/08b02Na.wav", "neutral"));

    assertThat(corpus.name()).isEqualTo("emodb");
    assertThat(corpus.utterances()).extracting(Utterance::speaker).containsExactly("03", "08");
    Utterance first = corpus.utterances().get(0);
    assertThat(first.emotion()).isEqualTo(Emotion.BORED);
    assertThat(first.path()).isEqualTo(root.resolve("wav/03a01La.flac"));
    assertThat(first.id()).isEqualTo("downloads/emodb/wav/03a01La.wav");
    assertThat(first.sex()).hasValue("male");
    assertThat(first.channel()).hasValue(1);
    assertThat(first.extras()).containsEntry("key", "emodb-03a01La").containsEntry("length", "1.5");
    assertThat(corpus.utterances().get(1).path()).isEqualTo(root.resolve("elsewhere/08b02Na.mp3"));
  }

  @Test
  void unusableLinesAreListedAndTheRestGoesOn() throws Exception {
    new CorpusTree(root).with("03a01La.wav");

    Corpus corpus =
        read(
            "{\"key\": \n"
                + line("emodb-1", "odd.wav", "anger")
                + line("emodb-03a01Wa", "03a01Wa.wav", "anger")
                + line("emodb-03a01La", "03a01La.wav", "")
                + line("emodb-03a01La", "03a01La.wav", "boredem"));

    assertThat(corpus.utterances()).hasSize(1);
    assertThat(corpus.skipped())
        .extracting(SkippedClip::cause)
        .containsExactly(Cause.MALFORMED, Cause.MALFORMED, Cause.MALFORMED, Cause.MISSING_FILE);
    assertThat(corpus.skipped().get(1).reason())
        .isEqualTo("line 4: field emo: a value expected, found none");
    assertThat(corpus.skipped().get(3).reason()).startsWith("line 3: no such file");
  }

  @Test
  void anAddedSpeakerIsTaken() throws Exception {
    new CorpusTree(root).with("x.wav");

    Corpus corpus =
        read(
            """
            {"key": "new-x", "dataset": "new", "wav": "x.wav", "emo": "sad", "speaker": "s1"}
            """);

    assertThat(corpus.speakers()).containsExactly("s1");
  }

  @Test
  void aListWithoutAnyUsableLineIsRefused() {
    assertThatThrownBy(() -> read("path,speaker,emotion\n"))
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("list.jsonl")
        .hasMessageContaining("JSON");
  }

  @ParameterizedTest
  @CsvSource({"emodb,5", "emovo,6", "ravdess,6"})
  void testPartsTogetherAreTheWholeRealCorpus(String name, int folds) throws Exception {
    Path lists = SharedData.folder("emobox").resolve(name);
    Path audio = SharedData.folder("corpora").resolve(name);
    Map<Path, String> listed =
        Manifest.read(audio.resolve("manifest.csv")).utterances().stream()
            .collect(Collectors.toMap(Utterance::path, EmoBoxManifestTest::facts));

    for (int fold = 1; fold <= folds; fold++) {
      String list = "fold_%d/%s_test_fold_%d.jsonl".formatted(fold, name, fold);
      Corpus corpus = EmoBoxManifest.read(lists.resolve(list), audio, EmotionLabels.standard());
      assertThat(corpus.skipped()).isEmpty();
      for (Utterance clip : corpus.utterances()) {
        assertThat(facts(clip)).isEqualTo(listed.remove(clip.path()));
      }
    }
    assertThat(listed).isEmpty();
  }

  private static String facts(Utterance clip) {
    return clip.speaker() + " " + clip.emotion();
  }
}
