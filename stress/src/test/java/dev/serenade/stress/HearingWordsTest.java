package dev.serenade.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.serenade.corpus.Emotion;
import dev.serenade.corpus.Utterance;
import dev.serenade.evaluation.ClassProbabilities;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.training.store.ClipDecoder;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A model, of random weights, that goes by words too. */
final class HearingWordsTest {

  private static final Path ROOT = Path.of(System.getProperty("serenade.root", ".."));

  /** Clips that take equally long are computed together, whose sums may be in another order. */
  private static final double ROUNDING = 1e-6;

  private static final Utterance CLIP =
      Utterance.builder(
              "clip", ROOT.resolve("samples/angry-09b10Wa.flac"), "speaker", Emotion.of("angry"))
          .build();

  private static EmotionRecognizer recognizer() throws IOException {
    Path file =
        ROOT.resolve(
            "recognition/src/test/resources/dev/serenade/recognition/model/sound-and-words.serenade");
    Path whispers = ROOT.resolve("whisper/src/test/resources/dev/serenade/whisper/decoder");
    try (EmotionModel model = ModelFile.read(file, new EncoderLocator(whispers))) {
      return EmotionRecognizer.of(model, new SessionSettings(1));
    }
  }

  private static void assertSame(ClassProbabilities found, EmotionScores expected) {
    for (int k = 0; k < found.classes().size(); k++) {
      assertThat(found.get(k)).isCloseTo(expected.of(found.classes().get(k)), within(ROUNDING));
    }
  }

  @Test
  void clipsAndTheirChangesHaveTheScoresOfTheRecogniser() throws IOException {
    List<Change> changes =
        Catalogue.changes(List.of(CLIP)).stream()
            .filter(change -> change.group() == StressGroup.SMALL_CHANGES)
            .limit(2)
            .toList();
    try (EmotionRecognizer recognizer = recognizer()) {
      Hearing hearing = new Hearing(recognizer, changes, false, 1);
      HeardClip heard = hearing.hear(CLIP);

      assertThat(recognizer.words().orElseThrow().decodings()).isGreaterThan(changes.size());
      assertSame(heard.clean(), recognizer.recognize(ClipDecoder.decode(CLIP)).scores());
      // As it is, and then after each change.
      List<ExampleSound> sounds = hearing.sounds(heard);
      assertThat(sounds).hasSize(changes.size() + 1);
      for (int i = 0; i < changes.size(); i++) {
        assertSame(
            heard.changed().get(i), recognizer.recognize(sounds.get(i + 1).sound()).scores());
      }
    }
  }
}
