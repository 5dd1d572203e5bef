package dev.serenade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.serenade.audio.AudioDecoder;
import dev.serenade.audio.Waveform;
import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.recognition.EmotionScores;
import dev.serenade.recognition.model.EmotionModel;
import dev.serenade.recognition.model.EncoderLocator;
import dev.serenade.recognition.model.ModelFile;
import dev.serenade.recognition.timeline.Timeline;
import dev.serenade.recognition.timeline.TimelineSegment;
import dev.serenade.server.TestClient.Answer;
import dev.serenade.whisper.onnx.SessionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model, of random weights, that goes by words too. */
final class SoundAndWordsTest {

  private static final Path ROOT = Path.of(System.getProperty("serenade.root"));

  /** Half of the last decimal that is written, and rounding in batches of other sizes. */
  private static final double TOLERANCE = 1e-5;

  private static final String CLIP = "angry-09b10Wa.flac";

  private static EmotionRecognizer recognizer;
  private static Server server;
  private static TestClient client;

  @BeforeAll
  static void start() throws IOException {
    Path file =
        ROOT.resolve(
            "recognition/src/test/resources/dev/serenade/recognition/model/sound-and-words.serenade");
    Path whispers = ROOT.resolve("whisper/src/test/resources/dev/serenade/whisper/decoder");
    try (EmotionModel model = ModelFile.read(file, new EncoderLocator(whispers))) {
      recognizer = EmotionRecognizer.of(model, SessionSettings.create());
    }
    server = Server.start(recognizer, ServerSettings.DEFAULT.at("127.0.0.1", 0));
    client = new TestClient(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
    recognizer.close();
  }

  private static void assertScores(JsonObject json, EmotionScores expected) {
    JsonObject scores = json.getAsJsonObject("scores");
    assertThat(scores.keySet()).isEqualTo(expected.probabilities().keySet());
    expected
        .probabilities()
        .forEach(
            (emotion, score) ->
                assertThat(scores.get(emotion).getAsDouble())
                    .as(emotion)
                    .isCloseTo(score, within(TOLERANCE)));
  }

  @Test
  void answersHaveTheScoresOfTheRecogniser() throws Exception {
    long before = recognizer.words().orElseThrow().decodings();
    Answer answer = client.post("/v1/analyses?timeline=true&name=" + CLIP, TestSounds.bytes(CLIP));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(recognizer.words().orElseThrow().decodings()).isGreaterThan(before);
    Waveform sound = AudioDecoder.create().decode(TestSounds.sample(CLIP));
    assertScores(answer.json(), recognizer.recognize(sound).scores());
    List<TimelineSegment> expected = Timeline.DEFAULT.of(recognizer, sound);
    JsonArray segments = answer.json().getAsJsonArray("timeline");
    assertThat(segments).hasSameSizeAs(expected).isNotEmpty();
    for (int i = 0; i < expected.size(); i++) {
      assertScores(segments.get(i).getAsJsonObject(), expected.get(i).scores());
    }
  }
}
