package dev.serenade.corpus.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.CorpusTree;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.SharedData;
import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.emobox.EmoBoxEntry;
import dev.serenade.corpus.reader.Shemo.LabelSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShemoTest {

  @TempDir Path root;

  private static final String JSON =
      """
      {"F01A01": {"gender": "female", "emotion": "anger"},
       "M02S03": {"gender": "male", "emotion": "neutral"},
       "M03W01": {"gender": "male", "emotion": "surprise"}}
      """;

  private void plant() throws Exception {
    new CorpusTree(root)
        .with("female/F01A01.wav", "male/M02S03.wav", "male/M04F01.wav", "male/notes.wav");
  }

  @Test
  void labelsGoByLetterAndTheDifferenceIsReported() throws Exception {
    plant();
    new CorpusTree(root).write("shemo.json", JSON);

    Corpus corpus = Shemo.labelledBy(LabelSource.LETTER).read(root);

    assertThat(corpus.utterances())
        .extracting(Utterance::emotion)
        .containsExactly(Emotion.ANGRY, Emotion.SAD, Emotion.FEARFUL);
    assertThat(corpus.utterances().get(0).sex()).hasValue("female");
    assertThat(Shemo.differences(corpus))
        .extracting(Utterance::id)
        .containsExactly("male/M02S03.wav");
    assertThat(Shemo.differences(corpus).get(0).extras())
        .containsEntry(Shemo.LETTER_COLUMN, "sad")
        .containsEntry(Shemo.JSON_COLUMN, "neutral");
    assertThat(corpus.skipped())
        .extracting(SkippedClip::path)
        .containsExactly("male/notes.wav", "M03W01");
    assertThat(corpus.skipped().get(1).cause()).isEqualTo(Cause.MISSING_FILE);
  }

  @Test
  void labelsGoByTheTable() throws Exception {
    plant();
    new CorpusTree(root).write("shemo.json", JSON);

    Corpus corpus = Shemo.labelledBy(LabelSource.JSON).read(root);

    assertThat(corpus.utterances())
        .extracting(Utterance::emotion)
        .containsExactly(Emotion.ANGRY, Emotion.NEUTRAL);
    assertThat(corpus.skipped())
        .extracting(SkippedClip::cause)
        .containsExactly(Cause.UNLABELLED, Cause.MALFORMED, Cause.MISSING_FILE);
  }

  @Test
  void withoutTheTableOnlyLettersServe() throws Exception {
    plant();

    assertThat(Shemo.labelledBy(LabelSource.LETTER).read(root).utterances()).hasSize(3);
    assertThatThrownBy(() -> Shemo.labelledBy(LabelSource.JSON).read(root))
        .isInstanceOf(CorpusLayoutException.class)
        .hasMessageContaining("shemo.json");
  }

  @Test
  void aBrokenTableIsNamed() throws Exception {
    plant();
    new CorpusTree(root).write("shemo.json", "[1, 2");

    assertThatThrownBy(() -> Shemo.labelledBy(LabelSource.LETTER).read(root))
        .isInstanceOf(CorpusLayoutException.class)
        .hasMessageContaining("shemo.json");
  }

  @Test
  void speakersAndClassesAreThoseOfEmoBox() throws Exception {
    List<EmoBoxEntry> entries = new ArrayList<>();
    Path fold = SharedData.folder("emobox/shemo/fold_1");
    for (String part : List.of("train", "test")) {
      entries.addAll(
          EmoBoxEntry.readAll(fold.resolve("shemo_%s_fold_1.jsonl".formatted(part)), s -> {}));
    }
    JsonObject table = new JsonObject();
    Set<String> speakers = new TreeSet<>();
    long differing = 0;
    for (EmoBoxEntry entry : entries) {
      String clip = entry.key().substring("shemo-".length());
      new CorpusTree(root).with(entry.wav().replace("downloads/shemo/", ""));
      JsonObject properties = new JsonObject();
      properties.addProperty("emotion", entry.label().toUpperCase(Locale.ROOT));
      table.add(clip, properties);
      speakers.add(clip.substring(0, 3));
      differing += "AHNSWF".indexOf(clip.charAt(3)) == letterOf(entry.label()) ? 0 : 1;
    }
    Files.writeString(root.resolve("shemo.json"), table.toString());
    Map<String, Long> labels =
        entries.stream().collect(Collectors.groupingBy(EmoBoxEntry::label, Collectors.counting()));

    Corpus byTable = Shemo.labelledBy(LabelSource.JSON).read(root);
    Corpus byLetter = Shemo.labelledBy(LabelSource.LETTER).read(root);

    assertThat(byTable.utterances()).hasSize(2838);
    assertThat(byTable.skipped()).isEmpty();
    assertThat(byTable.speakers()).isEqualTo(speakers);
    Map<String, Long> counts =
        byTable.emotionCounts().entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
    assertThat(counts).isEqualTo(labels);
    assertThat(byLetter.speakers()).isEqualTo(speakers);
    assertThat(Shemo.differences(byLetter)).hasSize((int) differing);
    assertThat(Shemo.differences(byTable)).hasSize((int) differing);
  }

  private static int letterOf(String label) {
    return List.of("angry", "happy", "neutral", "sad", "surprised", "fearful").indexOf(label);
  }
}
