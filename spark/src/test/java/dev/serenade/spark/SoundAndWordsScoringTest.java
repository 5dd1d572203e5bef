package dev.serenade.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.analysis.DoubtException;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.Recognition;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelDescription;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.recognition.text.TextDescription;
import dev.serenade.recognition.text.TextPart;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A model, of random weights, that goes by words too. */
@ExtendWith(LocalSpark.class)
final class SoundAndWordsScoringTest {

  private static final Path ROOT = Path.of(System.getProperty("serenade.root"));
  private static final Path WHISPERS =
      ROOT.resolve("whisper/src/test/resources/dev/serenade/whisper/decoder");
  private static final SessionSettings SETTINGS = new SessionSettings(1);

  @TempDir private Path folder;

  private static EmotionModel read() throws IOException {
    return ModelFile.read(
        ROOT.resolve(
            "recognition/src/test/resources/dev/serenade/recognition/model/sound-and-words.serenade"),
        new EncoderLocator(WHISPERS));
  }

  /** Writes the model with its Whisper named by its folder, as none is kept under its name. */
  private Path written() throws IOException {
    try (EmotionModel read = read()) {
      ModelDescription all = read.description();
      TextDescription text = all.text().orElseThrow();
      TextDescription placed =
          new TextDescription(
              WHISPERS.resolve(text.decoder()).toAbsolutePath().toString(),
              text.sha256(),
              text.language(),
              text.head(),
              text.temperature(),
              text.audioWeight());
      ModelDescription description =
          new ModelDescription(
              all.labels(),
              all.encoder(),
              all.window(),
              all.head(),
              all.temperature(),
              all.provenance(),
              all.licences(),
              all.heldOut(),
              Optional.of(placed));
      Path file = folder.resolve("both.serenade");
      TextPart part = read.text().orElseThrow();
      EmotionModel model =
          new EmotionModel(
              description,
              read.head(),
              read.encoder(),
              Optional.of(new TextPart(placed, part.head(), part.states())));
      ModelFile.write(model, true, file);
      return file;
    }
  }

  @Test
  void rowsHaveTheScoresOfTheRecogniser() throws IOException, DoubtException {
    Map<String, Optional<Recognition>> expected = new TreeMap<>();
    List<Path> clips = Samples.clips().subList(0, 2);
    try (EmotionModel model = read();
        EmotionRecognizer recognizer = EmotionRecognizer.of(model, SETTINGS)) {
      for (Path clip : clips) {
        expected.put(clip.toString(), Optional.of(recognizer.recognize(clip)));
      }
      assertThat(recognizer.words().orElseThrow().decodings()).isEqualTo(clips.size());
    }
    ScoredTable.assertHolds(
        EmotionScoring.score(
            SparkSession.active()
                .createDataset(clips.stream().map(Path::toString).toList(), Encoders.STRING())
                .toDF("path"),
            ScoringOptions.DEFAULT.withModel(written().toString())),
        expected);
  }
}
