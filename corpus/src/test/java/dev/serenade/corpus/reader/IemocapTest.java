package dev.serenade.corpus.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.CorpusTree;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.SharedData;
import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.Utterance;
import dev.serenade.corpus.emobox.EmoBoxEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IemocapTest {

  private static final Set<Emotion> FOUR =
      Set.of(Emotion.ANGRY, Emotion.HAPPY, Emotion.NEUTRAL, Emotion.SAD);

  @TempDir Path root;

  private void plant() throws Exception {
    new CorpusTree(root)
        .with(
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M000.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F001.wav",
            "Session5/sentences/wav/Ses05M_script01_1b/Ses05M_script01_1b_F017.flac",
            "Session5/sentences/wav/Ses05M_script01_1b/Ses05M_script01_1b_F018.wav")
        .write(
            "Session1/dialog/EmoEvaluation/Ses01F_impro01.txt",
            """
            % [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]

            [6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]
            C-E2:\tNeutral;\t()
            [7.0000 - 9.0000]\tSes01F_impro01_M000\texc\t[4.0000, 2.5000, 2.5000]
            [10.0100 - 11.3925]\tSes01F_impro01_F001\txxx\t[2.5000, 2.5000, 2.5000]
            [12.0000 - 13.0000]\tSes01F_impro01_F002\tang\t[2.5000, 2.5000, 2.5000]
            """)
        .write("Session1/dialog/EmoEvaluation/._Ses01F_impro01.txt", "\u0000")
        .write(
            "Session1/dialog/transcriptions/Ses01F_impro01.txt",
            "Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.\n")
        .write(
            "Session5/dialog/EmoEvaluation/Ses05M_script01_1b.txt",
            "[1.0 - 2.0]\tSes05M_script01_1b_F017\thap\t[4.0000, 2.5000, 2.5000]\n");
  }

  @Test
  void speakersSessionsLabelsAndTextAreRead() throws Exception {
    plant();

    Corpus corpus = new Iemocap(false, false).read(root);

    assertThat(corpus.utterances())
        .extracting(Utterance::speaker)
        .containsExactly("Ses01F", "Ses01M", "Ses05F");
    assertThat(corpus.utterances())
        .extracting(Utterance::emotion)
        .containsExactly(Emotion.NEUTRAL, Emotion.EXCITED, Emotion.HAPPY);
    Utterance first = corpus.utterances().get(0);
    assertThat(first.session()).hasValue("1");
    assertThat(first.sex()).hasValue("female");
    assertThat(first.text()).hasValue("Excuse me.");
    assertThat(corpus.utterances().get(2).id()).endsWith("Ses05M_script01_1b_F017.flac");
    assertThat(corpus.skipped())
        .extracting(SkippedClip::cause)
        .containsExactly(Cause.UNLABELLED, Cause.MISSING_FILE, Cause.UNLABELLED);
    assertThat(corpus.skipped().get(1).path())
        .isEqualTo("Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F002.wav");
  }

  @Test
  void excitedMayCountAsHappyAndScriptedTurnsMayBeLeftOut() throws Exception {
    plant();

    Corpus corpus = new Iemocap(true, true).read(root);

    assertThat(corpus.name()).isEqualTo("iemocap-improvised-merged");
    assertThat(corpus.emotions()).containsExactly(Emotion.HAPPY, Emotion.NEUTRAL);
    assertThat(corpus.utterances()).extracting(Utterance::speaker).doesNotContain("Ses05F");
    assertThat(corpus.skipped()).extracting(SkippedClip::reason).contains("scripted");
  }

  @Test
  void speakersSessionsAndClassesAreThoseOfEmoBox() throws Exception {
    List<EmoBoxEntry> entries = new ArrayList<>();
    Path folds = SharedData.folder("emobox/iemocap");
    Map<String, Long> sessionSizes = new TreeMap<>();
    for (int session = 1; session <= 5; session++) {
      String list = "fold_%d/iemocap_test_fold_%d.jsonl".formatted(session, session);
      List<EmoBoxEntry> test = EmoBoxEntry.readAll(folds.resolve(list), s -> {});
      sessionSizes.put("" + session, (long) test.size());
      entries.addAll(test);
    }
    Map<String, StringBuilder> labelFiles = new TreeMap<>();
    for (EmoBoxEntry entry : entries) {
      String wav = entry.wav().replace("downloads/iemocap/", "");
      new CorpusTree(root).with(wav);
      String dialogue = entry.clip().substring(0, entry.clip().lastIndexOf('_'));
      String file = "Session%s/dialog/EmoEvaluation/%s.txt".formatted(wav.charAt(7), dialogue);
      labelFiles
          .computeIfAbsent(file, f -> new StringBuilder())
          .append("[0.0 - 1.0]\t%s\t%s\t[2.5, 2.5, 2.5]%n".formatted(entry.clip(), entry.label()));
    }
    for (Map.Entry<String, StringBuilder> file : labelFiles.entrySet()) {
      new CorpusTree(root).write(file.getKey(), file.getValue().toString());
    }

    Corpus merged = new Iemocap(false, true).read(root);
    Corpus apart = new Iemocap(false, false).read(root);
    Corpus paper = new Iemocap(true, true).read(root).restrictedTo(FOUR);

    assertThat(merged.skipped()).isEmpty();
    assertThat(merged.utterances()).hasSize(5531);
    assertThat(count(merged, u -> u.session().orElseThrow())).isEqualTo(sessionSizes);
    assertThat(merged.emotionCounts())
        .isEqualTo(
            Map.of(
                Emotion.ANGRY, 1103L,
                Emotion.HAPPY, 1636L,
                Emotion.NEUTRAL, 1708L,
                Emotion.SAD, 1084L));
    assertThat(count(apart, u -> code(u.emotion())))
        .isEqualTo(
            entries.stream()
                .collect(Collectors.groupingBy(EmoBoxEntry::label, Collectors.counting())));
    assertThat(count(merged, Utterance::speaker))
        .isEqualTo(
            entries.stream()
                .collect(
                    Collectors.groupingBy(
                        e -> e.clip().replaceFirst("(Ses0\\d).*_([FM])\\d+", "$1$2"),
                        Collectors.counting())));
    long improvised = entries.stream().filter(e -> e.clip().contains("_impro")).count();
    assertThat(paper.utterances()).hasSize((int) improvised).hasSize(2943);
  }

  private static String code(Emotion emotion) {
    return emotion.name().substring(0, 3);
  }

  private static Map<String, Long> count(Corpus corpus, Function<Utterance, String> property) {
    return corpus.utterances().stream()
        .collect(Collectors.groupingBy(property, Collectors.counting()));
  }
}
