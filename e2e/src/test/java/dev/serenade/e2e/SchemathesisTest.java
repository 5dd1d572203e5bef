package dev.serenade.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serenade.recognition.EmotionRecognizer;
import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.history.HistorySettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server against its own description, with requests that Schemathesis makes up; {@code
 * -Dserenade.schemathesis.seconds=100} goes on for longer, {@code -Dserenade.schemathesis.seed=2}
 * makes up others. Skipped where there is no {@code schemathesis}.
 */
class SchemathesisTest {

  private static final String SECONDS = System.getProperty("serenade.schemathesis.seconds", "20");

  @TempDir Path folder;

  @Test
  void answersAreAsTheDescriptionSays() throws Exception {
    assumeTrue(isInstalled(), "no schemathesis on the path");
    ServerSettings settings =
        ServerSettings.DEFAULT
            .at("127.0.0.1", 0)
            .withHistory(
                HistorySettings.of(folder.resolve("history").toString(), Optional.empty(), 1));
    Path log = folder.resolve("log");
    int result;
    try (EmotionRecognizer recognizer = EmotionRecognizer.loadDefault();
        Server server = Server.start(recognizer, settings)) {
      result = run("http://127.0.0.1:%d/openapi.json".formatted(server.port()), log);
    }
    assertThat(result).as(() -> read(log)).isZero();
    assertThat(read(log)).containsPattern("\\b([1-9]\\d+) generated, \\1 passed");
  }

  private int run(String description, Path log) throws IOException, InterruptedException {
    // Made-up bytes are no recordings, and made-up names of analyses lead nowhere: what is refused
    // may be right.
    return new ProcessBuilder(
            "schemathesis",
            "run",
            description,
            "--max-time",
            SECONDS,
            "--seed",
            System.getProperty("serenade.schemathesis.seed", "1"),
            "--no-color",
            "--exclude-checks",
            "positive_data_acceptance")
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "schemathesis")));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log, UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
