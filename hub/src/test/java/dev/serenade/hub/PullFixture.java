package dev.serenade.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub of this machine, an empty folder, and a download from one into the other. */
abstract class PullFixture {

  static final int WEIGHTS = 300_000;
  static final RepositoryName SMALL = RepositoryName.parse("openai/whisper-small");
  static final RetryRule QUICK =
      new RetryRule(
          4, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofMillis(500), 1 << 20);

  final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  final List<Long> done = Collections.synchronizedList(new ArrayList<>());

  @TempDir Path root;
  FakeHub hub;

  @BeforeEach
  void startHub() throws IOException {
    hub = new FakeHub().withWhisper(WEIGHTS);
  }

  @AfterEach
  void stopHub() {
    hub.close();
  }

  PullProgress progress() {
    return new PullProgress() {
      @Override
      public void at(String file, long doneBytes, long totalBytes) {
        assertThat(doneBytes).isLessThanOrEqualTo(totalBytes);
        done.add(doneBytes);
      }

      @Override
      public void note(String line) {
        notes.add(line);
      }
    };
  }

  HubSettings settings(Optional<String> token) {
    return new HubSettings(URI.create(hub.endpoint()), token, "", "", false, QUICK);
  }

  Pulled pull() throws IOException {
    return pull(SMALL, false);
  }

  Pulled pull(RepositoryName name, boolean replace) throws IOException {
    return new ModelPull(settings(Optional.empty()), root).pull(name, "main", replace, progress());
  }

  Path target() {
    return root.resolve("whisper-small");
  }

  void assertWhole() throws IOException {
    assertThat(target().resolve("model.safetensors"))
        .hasBinaryContent(hub.content("model.safetensors"));
    assertThat(names(target()))
        .containsExactlyInAnyOrder(
            "config.json", "preprocessor_config.json", "model.safetensors", "serenade-source.json");
    assertThat(names(root.resolve(".pull"))).containsExactly("openai--whisper-small.lock");
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  Path part() {
    return root.resolve(
        ".pull/openai--whisper-small/" + FakeHub.COMMIT + "/model.safetensors.part");
  }
}
