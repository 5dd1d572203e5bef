package dev.serenade.corpus.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.CorpusTree;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.EmotionLabels;
import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.Split;
import dev.serenade.corpus.Utterance;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathReadersTest {

  @TempDir Path root;
  private CorpusTree tree;

  @BeforeEach
  void plant() {
    tree = new CorpusTree(root);
  }

  private Corpus read(String reader) throws Exception {
    return CorpusReaders.named(reader).read(root);
  }

  /** Sums up a clip as speaker, class, sex and language. */
  private static String summary(Utterance clip) {
    return "%s %s %s %s"
        .formatted(
            clip.speaker(), clip.emotion(), clip.sex().orElse("?"), clip.language().orElse("?"));
  }

  @Test
  void emoDb() throws Exception {
    tree.with("wav/03a01Fa.wav", "wav/08a02Wb.mp3", "wav/16b10Lc.flac", "wav/14a05Ea.wav");
    tree.with(
        "wav/03a01Aa.wav", "wav/03a01Ta.wav", "wav/03a01N.wav", "wav/03a01Xa.wav", "erkennung.txt");

    Corpus corpus = read("emodb");

    assertThat(corpus.utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly(
            "03 fearful male de",
            "03 happy male de",
            "03 neutral male de",
            "03 sad male de",
            "08 angry female de",
            "14 disgusted female de",
            "16 bored female de");
    assertThat(corpus.utterances().get(1).extras())
        .isEqualTo(Map.of("sentence", "a01", "version", "a"));
    assertThat(corpus.skipped())
        .extracting(SkippedClip::path, SkippedClip::cause)
        .containsExactly(tuple("wav/03a01Xa.wav", Cause.MALFORMED));
  }

  @Test
  void emovo() throws Exception {
    tree.with("f1/dis-f1-b1.wav", "f1/gio-f1-l2.wav", "m2/neu-m2-n5.wav", "m2/pau-m2-d1.wav");
    tree.with("m2/rab-m2-d1.wav", "m2/sor-m2-d1.wav", "m2/tri-m2-d1.wav");

    assertThat(read("emovo").utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly(
            "f1 disgusted female it",
            "f1 happy female it",
            "m2 neutral male it",
            "m2 fearful male it",
            "m2 angry male it",
            "m2 surprised male it",
            "m2 sad male it");
  }

  @Test
  void ravdessLeavesSongAndVideoAndSecondCopiesOut() throws Exception {
    tree.with(
        "Actor_01/03-01-01-01-01-01-01.wav",
        "Actor_02/03-01-08-02-02-02-02.wav",
        "Actor_02/03-02-05-02-02-02-02.wav",
        "Actor_02/01-01-05-02-02-02-02.mp4",
        "audio_speech_actors_01-24/Actor_01/03-01-01-01-01-01-01.wav");

    Corpus corpus = read("ravdess");

    assertThat(corpus.utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly("Actor_01 neutral male en", "Actor_02 surprised female en");
    // Of a manifest, the column channel would say which channel of the recording to hear.
    assertThat(corpus.utterances().get(0).extras())
        .containsOnlyKeys("actor", "intensity", "modality", "repetition", "statement", "vocal");
    assertThat(corpus.skipped())
        .extracting(SkippedClip::cause, SkippedClip::reason)
        .containsExactly(
            tuple(Cause.EXCLUDED, "a video; its sound is there on its own"),
            tuple(Cause.EXCLUDED, "song, not speech"),
            tuple(Cause.DUPLICATE, "the same clip as Actor_01/03-01-01-01-01-01-01.wav"));
  }

  @Test
  void cremaDTakesSexFromItsTable() throws Exception {
    tree.with(
            "AudioWAV/1001_DFA_ANG_XX.wav",
            "AudioMP3/1001_DFA_ANG_XX.mp3",
            "AudioWAV/1002_IEO_HAP_HI.wav",
            "AudioWAV/1076_MTI_SAD_XX.wav")
        .write(
            "VideoDemographics.csv",
            "ActorID,Age,Sex,Race,Ethnicity\n1001,51,Male,Caucasian,Not Hispanic\n");

    Corpus corpus = read("cremad");

    assertThat(corpus.utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly("1001 angry male en", "1002 happy ? en");
    assertThat(corpus.skipped())
        .extracting(SkippedClip::cause)
        .containsExactly(Cause.DUPLICATE, Cause.EXCLUDED);
  }

  @Test
  void tess() throws Exception {
    tree.with(
        "OAF_Pleasant_surprise/OAF_back_ps.wav",
        "OAF_neutral/OA_bite_neutral.wav",
        "YAF_disgust/YAF_back_disgust.wav");

    assertThat(read("tess").utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly(
            "OAF surprised female en", "OAF neutral female en", "YAF disgusted female en");
  }

  @Test
  void saveeInBothLayouts() throws Exception {
    tree.with("AudioData/DC/sa01.wav", "AudioData/DC/su02.wav", "ALL/KL_a03.wav", "ALL/JE_n30.wav");

    assertThat(read("savee").utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly(
            "JE neutral male en", "KL angry male en", "DC sad male en", "DC surprised male en");
  }

  @Test
  void urdu() throws Exception {
    tree.with("Angry/SM1_F10_A010.wav", "Happy/SF2_F1_H01.wav", "Sad/SM12_F3_S099.wav");

    assertThat(read("urdu").utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly("SM1 angry male ur", "SF2 happy female ur", "SM12 sad male ur");
  }

  @Test
  void nemoTakesSexAndTextFromItsTable() throws Exception {
    tree.with("samples/EB0_anger_57.wav", "samples/WR0_surprised_64.wav")
        .write(
            "data.tsv",
            """
            file_id\temotion\traw_text\tnormalized_text\tspeaker_id\tgender\tage
            EB0_anger_57.wav\tanger\tDzień "dobry".\tdzień dobry\t        EB0\tfemale\t30
            """);

    Corpus corpus = read("nemo");

    assertThat(corpus.utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly("EB0 angry female pl", "WR0 surprised ? pl");
    assertThat(corpus.utterances().get(0).text()).hasValue("Dzień \"dobry\".");
    assertThat(corpus.utterances().get(0).extras()).containsEntry("age", "30");
  }

  @Test
  void turevDb() throws Exception {
    tree.with("Sound Source/Angry/1157_kz_beste.wav", "Sound Source/Calm/1234_sk_algi.wav");

    assertThat(read("turevdb").utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly("1157 angry ? tr", "1234 calm ? tr");
  }

  @Test
  void ased() throws Exception {
    tree.with("01Neutral/n1-03-02-02-20.wav", "04Sad/S4-04-02-01-29.wav");

    assertThat(read("ased").utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly("20 neutral male am", "29 sad female am");
  }

  @Test
  void esdWithAndWithoutFoldersOfTheSplit() throws Exception {
    tree.with(
        "0001/Angry/train/0001_000351.wav",
        "0001/Surprise/evaluation/0001_001401.wav",
        "0011/Happy/test/0011_000720.wav",
        "0020/Sad/0020_001072.wav");

    Corpus corpus = read("esd");

    assertThat(corpus.utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly(
            "0001 angry female zh",
            "0001 surprised female zh",
            "0011 happy male en",
            "0020 sad male en");
    assertThat(corpus.utterances())
        .extracting(Utterance::split)
        .containsExactly(
            Optional.of(Split.TRAIN),
            Optional.of(Split.VALIDATION),
            Optional.of(Split.TEST),
            Optional.empty());
  }

  @Test
  void foldersPerClass() throws Exception {
    tree.with("anna/joy/1.wav", "anna/wistful/2.ogg", "angry/3.wav");

    assertThat(read("folders").utterances())
        .extracting(PathReadersTest::summary)
        .containsExactly("angry/3 angry ? ?", "anna happy ? ?", "anna wistful ? ?");
  }

  @Test
  void aUserMayOverrideACodeOrAClass() throws Exception {
    tree.with("wav/03a01Fa.wav", "wav/03a01La.wav", "wav/03a01Na.wav");
    EmotionLabels labels = EmotionLabels.standard().with(Map.of("L", "neutral", "happy", "drop"));

    Corpus corpus = CorpusReaders.named("emodb").read(root, labels);

    assertThat(corpus.emotionCounts()).isEqualTo(Map.of(Emotion.NEUTRAL, 2L));
    assertThat(corpus.skipped())
        .extracting(SkippedClip::reason)
        .containsExactly("class F is dropped");
  }
}
