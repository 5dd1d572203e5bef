package dev.serenade.server;

import dev.serenade.recognition.EmotionRecognizer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server of the default model, for the tests of a class. */
abstract class RunningServer {

  static final String ANALYSES = "/v1/analyses";
  static final String ANGRY = "angry-09b10Wa.flac";

  static EmotionRecognizer recognizer;
  static Server server;
  static TestClient client;

  @BeforeAll
  static void start() throws IOException {
    recognizer = EmotionRecognizer.loadDefault();
    server =
        Server.start(
            recognizer,
            settings().withLimits(ServerLimits.DEFAULT.withRecordings(4 << 20, 100, 8)));
    client = new TestClient(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
    recognizer.close();
  }

  static ServerSettings settings() {
    return ServerSettings.DEFAULT.at("127.0.0.1", 0);
  }
}
