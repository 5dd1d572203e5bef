package dev.serenade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.server.TestClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a server refuses for being too much, and how it ends. */
class ServerLimitsTest extends RunningServer {

  @Test
  void aBodyThatIsTooLargeIsRefusedWhileItIsRead() throws Exception {
    Answer stated = client.post(ANALYSES, new byte[(4 << 20) + 1]);
    Answer unstated =
        client.send(
            client
                .request(ANALYSES)
                .POST(BodyPublishers.ofInputStream(() -> new Zeros((4 << 20) + 1))));

    stated.assertProblem(413, "too-large");
    unstated.assertProblem(413, "too-large");
    assertThat(uploads()).isEmpty();
  }

  /** So many zeros. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(left, length);
      java.util.Arrays.fill(target, offset, offset + count, (byte) 0);
      left -= count;
      return count > 0 ? count : -1;
    }
  }

  private static List<Path> uploads() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> folders = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      for (Path folder :
          folders
              .filter(path -> path.getFileName().toString().startsWith("serenade-uploads"))
              .toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          files.forEach(found::add);
        }
      }
    }
    return found;
  }

  @Test
  void soundThatIsTooLongIsRefused() throws Exception {
    client.post(ANALYSES, TestSounds.speech(101)).assertProblem(413, "too-long");
    client.post("/v1/embeddings", TestSounds.speech(9)).assertProblem(413, "too-long");
  }

  @Test
  void whereThereIsNoRoomRequestsAreRefused() throws Exception {
    try (Server small =
        Server.start(recognizer, settings().withLimits(ServerLimits.DEFAULT.withRoom(1, 1)))) {
      TestClient other = new TestClient(small.port());
      byte[] sound = TestSounds.speech(55);
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(
            CompletableFuture.supplyAsync(() -> unchecked(() -> other.post(ANALYSES, sound))));
      }
      List<Integer> statuses = new ArrayList<>();
      for (CompletableFuture<Answer> answer : answers) {
        statuses.add(answer.get().status());
        if (answer.get().status() == 429) {
          assertThat(answer.get().code()).isEqualTo("busy");
          assertThat(answer.get().header("Retry-After")).isEqualTo("1");
        }
      }
      assertThat(statuses).contains(200).containsOnly(200, 429);
    }
  }

  @Test
  void whatIsNotHeardInTimeIsGivenUp() throws Exception {
    ServerLimits limits =
        ServerLimits.DEFAULT.withTimes(
            Duration.ofMillis(1), Duration.ofSeconds(10), Duration.ofSeconds(10));
    try (Server hasty = Server.start(recognizer, settings().withLimits(limits))) {
      TestClient other = new TestClient(hasty.port());

      other.post(ANALYSES, TestSounds.bytes(ANGRY)).assertProblem(504, "deadline");
    }
  }

  @Test
  void whatWasAcceptedIsFinishedBeforeAServerEnds() throws Exception {
    Server ending = Server.start(recognizer, settings());
    TestClient other = new TestClient(ending.port());
    byte[] sound = TestSounds.speech(50);
    Answer job = other.post(ANALYSES + "?prefer=async", sound);
    CompletableFuture<Answer> events =
        CompletableFuture.supplyAsync(
            () -> unchecked(() -> other.get(job.header("Location") + "/events")));
    CompletableFuture<Answer> request =
        CompletableFuture.supplyAsync(() -> unchecked(() -> other.post(ANALYSES, sound)));
    Thread.sleep(300);

    CompletableFuture<Void> end = CompletableFuture.runAsync(ending::close);

    Thread.sleep(100);
    assertThat(other.get("/health/ready").status()).isEqualTo(503);
    other.post(ANALYSES, TestSounds.bytes(ANGRY)).assertProblem(503, "shutting-down");
    assertThat(request.get().status()).isEqualTo(200);
    assertThat(events.get().text()).contains("event: done");
    end.get();
    assertThatThrownBy(() -> other.get("/health/live")).isInstanceOf(IOException.class);
  }

  @FunctionalInterface
  private interface Sending {
    Answer send() throws IOException, InterruptedException;
  }

  private static Answer unchecked(Sending sending) {
    try {
      return sending.send();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
