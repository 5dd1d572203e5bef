package dev.serenade.corpus.emobox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.ManifestFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmoBoxLabelsTest {

  @TempDir private Path folder;

  @BeforeEach
  void makeFold() throws IOException {
    Files.createDirectory(folder.resolve("fold_1"));
  }

  private void list(String name, String... clipsAndLabels) throws IOException {
    List<String> lines =
        Arrays.stream(clipsAndLabels)
            .map(pair -> pair.split("=", -1))
            .map(
                pair ->
                    "{\"key\":\"emodb-%1$s\",\"dataset\":\"emodb\",\"wav\":\"w/%1$s.wav\",\"emo\":\"%2$s\"}"
                        .formatted(pair[0], pair[1]))
            .toList();
    Files.write(folder.resolve("fold_1").resolve(name), lines);
  }

  private EmoBoxLabels read() throws IOException, ManifestFormatException {
    return EmoBoxLabels.read(folder, EmotionLabels.standard());
  }

  @Test
  void labelsAreThoseOfAllLists() throws Exception {
    list("emodb_train_fold_1.jsonl", "a=anger", "b=boredem");
    list("emodb_test_fold_1.jsonl", "c=anger", "b=sad");
    EmoBoxLabels labels = read();

    assertThat(labels.clips()).containsEntry("anger", 2).containsEntry("boredem", 1);
    assertThat(labels.emotions().get("a")).containsExactly(Emotion.ANGRY);
    assertThat(labels.emotions().get("b")).containsExactly(Emotion.BORED, Emotion.SAD);
    assertThat(labels.map()).isEmpty();
    assertThat(labels.missingFromMap()).isEmpty();
  }

  @Test
  void aLabelThatTheMapSpellsOtherwiseIsMissing() throws Exception {
    list("emodb_train_fold_1.jsonl", "a=anger", "b=neutral");
    Files.writeString(
        folder.resolve("label_map.json"), "{\"anger\": \"Angry\", \"Neutral\": \"Neutral\"}");
    assertThat(read().missingFromMap()).containsExactly("neutral");
  }

  @Test
  void aMapOfSomethingElseIsNamed() throws Exception {
    list("emodb_train_fold_1.jsonl", "a=anger");
    Files.writeString(folder.resolve("label_dict.json"), "[1, 2]");
    assertThatThrownBy(this::read)
        .isInstanceOf(ManifestFormatException.class)
        .hasMessageContaining("label_dict.json")
        .hasMessageContaining("JSON object");
  }
}
