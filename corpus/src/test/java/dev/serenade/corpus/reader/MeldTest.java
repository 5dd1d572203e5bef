package dev.serenade.corpus.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.corpus.Corpus;
import dev.serenade.corpus.CorpusTree;
import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.SkippedClip;
import dev.serenade.corpus.SkippedClip.Cause;
import dev.serenade.corpus.Split;
import dev.serenade.corpus.Utterance;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeldTest {

  private static final String HEADER =
      "Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID,Season,Episode,StartTime,EndTime\n";

  @TempDir Path root;

  @Test
  void clipsAreFoundBySplitAndDialogue() throws Exception {
    new CorpusTree(root)
        .with(
            "train/train_splits/dia0_utt0.mp4",
            "dev_splits_complete/dia0_utt0.mp4",
            "output_repeated_splits_test/dia0_utt0.mp4",
            "output_repeated_splits_test/wav/dia0_utt0.wav",
            "elsewhere/dia0_utt0.mp4",
            "output_repeated_splits_test/final_videos_testdia0_utt0.mp4")
        .write(
            "train/train_sent_emo.csv",
            HEADER
                + "1,\"Oh, no!\",Chandler,surprise,negative,0,0,8,21,\"00:16:16,059\",\"00:16:21,731\"\n"
                + "2,Yes.,Monica,joy,positive,0,1,8,21,\"00:16:16,059\",\"00:16:21,731\"\n")
        .write("dev_sent_emo.csv", HEADER + "1,Hm.,Ross,neutral,neutral,0,0,1,1,a,b\n")
        .write("test_sent_emo.csv", HEADER + "1,No.,Ross,disgust,negative,0,0,1,1,a,b\n");

    Corpus corpus = CorpusReaders.named("meld").read(root);

    assertThat(corpus.utterances())
        .extracting(Utterance::emotion)
        .containsExactly(Emotion.SURPRISED, Emotion.NEUTRAL, Emotion.DISGUSTED);
    assertThat(corpus.utterances())
        .extracting(Utterance::split)
        .containsExactly(
            Optional.of(Split.TRAIN), Optional.of(Split.VALIDATION), Optional.of(Split.TEST));
    assertThat(corpus.utterances().get(0).text()).hasValue("Oh, no!");
    assertThat(corpus.speakers()).containsExactly("Chandler", "Ross");
    assertThat(corpus.skipped())
        .extracting(SkippedClip::cause)
        .containsExactly(Cause.MALFORMED, Cause.DUPLICATE, Cause.MISSING_FILE, Cause.UNLABELLED);
    assertThat(corpus.skipped().get(2).path()).isEqualTo("train/dia0_utt1");
  }

  @Test
  void aTableWithoutTheColumnsIsNamed() throws Exception {
    new CorpusTree(root).with("train/dia0_utt0.mp4").write("train_sent_emo.csv", "a,b\n1,2\n");
    assertThatThrownBy(() -> CorpusReaders.named("meld").read(root))
        .isInstanceOf(CorpusLayoutException.class)
        .hasMessageContaining("train_sent_emo.csv")
        .hasMessageContaining("found [a, b]");
  }
}
