package dev.serenade.e2e;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real server with the default model, and a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageTest {

  static final String ANGRY = "angry-12a05Wb.flac";
  static final String SAD = "sad-09b03Ta.flac";
  static final String HAPPY = "happy-09a01Fa.flac";

  @TempDir static Path folder;

  private EmotionRecognizer recognizer;
  private Server server;
  private Chromium chromium;

  /** Returns how the server of these tests is to be. */
  ServerSettings settings() {
    return ServerSettings.DEFAULT.at("127.0.0.1", 0);
  }

  @BeforeAll
  final void start() throws IOException {
    Path microphone = folder.resolve("microphone.wav");
    Files.write(microphone, Sounds.wav(ANGRY, 12));
    chromium = Chromium.start(microphone);
    recognizer = EmotionRecognizer.loadDefault();
    server = Server.start(recognizer, settings());
  }

  @AfterAll
  final void end() {
    if (chromium != null) {
      chromium.close();
    }
    if (server != null) {
      server.close();
    }
    if (recognizer != null) {
      recognizer.close();
    }
  }

  final EmotionRecognizer recognizer() {
    return recognizer;
  }

  final int port() {
    return server.port();
  }

  final Visit visit(Look look) {
    return visit(look, server);
  }

  final Visit visit(Look look, Server some) {
    return chromium.visit("http://127.0.0.1:%d/".formatted(some.port()), look);
  }
}
