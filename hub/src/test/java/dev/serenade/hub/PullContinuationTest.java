package dev.serenade.hub;

import static dev.serenade.hub.FakeHub.breakAfter;
import static dev.serenade.hub.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens when bytes stop coming, or are other ones than announced. */
class PullContinuationTest extends PullFixture {

  @Test
  void brokenConnectionGoesOnWhereItWas() throws IOException {
    hub.fail("model.safetensors", breakAfter(100_000), breakAfter(50_000));
    pull();
    assertWhole();
    List<FakeHub.Request> requests = hub.requests("model.safetensors");
    assertThat(requests).hasSize(3);
    assertThat(requests.get(0).header("Range")).isEmpty();
    assertThat(requests.get(1).header("Range")).hasValueSatisfying(this::isInTheMiddle);
    assertThat(requests.get(1).header("If-range").or(() -> requests.get(1).header("If-Range")))
        .isEmpty();
    assertThat(notes).hasSize(2).allMatch(note -> note.contains("trying again in"));
  }

  private void isInTheMiddle(String range) {
    assertThat(range).matches("bytes=[1-9]\\d+-");
  }

  @Test
  void etagIsTheConditionOfGoingOn() throws IOException {
    hub.fail(
        "model.safetensors",
        (exchange, content) -> {
          exchange.getResponseHeaders().set("ETag", "\"one\"");
          breakAfter(100_000).answer(exchange, content);
        },
        // It has another one now, so the whole file comes.
        (exchange, content) -> FakeHub.serve(exchange, content, "\"two\""));
    pull();
    assertWhole();
    FakeHub.Request second = hub.requests("model.safetensors").get(1);
    assertThat(second.header("If-range").or(() -> second.header("If-Range"))).hasValue("\"one\"");
  }

  @Test
  void nextRunGoesOnWhereTheLastOneGaveUp() throws IOException {
    FakeHub.Fault breaks = breakAfter(40_000);
    hub.fail("model.safetensors", breaks, breaks, breaks, breaks);
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageStartingWith("model.safetensors: given up after 4 tries in a row:");
    assertThat(target()).doesNotExist();
    assertThat(Files.size(part())).isPositive();
    String from = "bytes=%d-".formatted(Files.size(part()));
    pull();
    assertWhole();
    assertThat(hub.requests("model.safetensors").get(4).header("Range")).hasValue(from);
  }

  @Test
  void serverWithoutRangesSendsAllAgain() throws IOException {
    hub.fail(
        "model.safetensors",
        breakAfter(100_000),
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
        });
    pull();
    assertWhole();
  }

  @Test
  void rangeThatCannotBeServedStartsAnew() throws IOException {
    hub.fail("model.safetensors", breakAfter(100_000), status(416));
    pull();
    assertWhole();
    assertThat(hub.requests("model.safetensors").get(2).header("Range")).isEmpty();
  }

  @Test
  void anotherRangeThanAskedForStartsAnew() throws IOException {
    hub.fail(
        "model.safetensors",
        breakAfter(100_000),
        (exchange, content) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 5-299999/300000");
          exchange.sendResponseHeaders(206, content.length - 5);
          exchange.getResponseBody().write(content, 5, content.length - 5);
        });
    pull();
    assertWhole();
  }

  @Test
  void leftoverThatIsSomethingElseIsDownloadedAnew() throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[1000]);
    pull();
    assertWhole();
    assertThat(notes).anyMatch(note -> note.contains("does not fit the rest"));
  }

  @Test
  void wrongHashIsNotKept() {
    String lie = "ab".repeat(32);
    hub.lieAbout("model.safetensors", Optional.of(lie), Optional.empty());
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("model.safetensors: expected SHA-256 " + lie)
        .hasMessageEndingWith("the file is removed");
    assertThat(part()).doesNotExist();
    assertThat(part().resolveSibling("model.safetensors")).doesNotExist();
    assertThat(target()).doesNotExist();
  }

  @Test
  void wrongGitHashOfASmallFileIsTold() {
    hub.fail("config.json", FakeHub.text("{\"model_type\": \"WHISPER\"}"));
    assertThatThrownBy(this::pull)
        .hasMessageContaining("config.json: expected the Git hash")
        .hasMessageEndingWith("the file is removed");
  }

  @ParameterizedTest
  @CsvSource({"299999, 300000", "300001, 300000"})
  void lengthThatDiffersFromTheListingIsTold(long listed, long announced) {
    hub.lieAbout("model.safetensors", Optional.empty(), Optional.of(listed));
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining(
            "expected %d bytes as the hub lists it, the server announces %d"
                .formatted(listed, announced));
    assertThat(target()).doesNotExist();
  }

  @Test
  void moreThanListedIsNotWritten() {
    hub.fail(
        "model.safetensors",
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(Arrays.copyOf(content, content.length + 1));
        });
    assertThatThrownBy(this::pull)
        .hasMessageEndingWith("the server sends more; the file is removed");
    assertThat(part()).doesNotExist();
  }

  @Test
  void lessThanListedWithoutALengthIsContinued() throws IOException {
    hub.fail(
        "model.safetensors",
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(content, 0, 1000);
          exchange.getResponseBody().close();
        });
    pull();
    assertWhole();
    assertThat(notes.get(0)).contains("the connection ended after 1000 of 300000 bytes");
  }

  @Test
  void silentConnectionIsGivenUpAndContinued() throws IOException {
    hub.fail(
        "model.safetensors",
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 1000);
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(3000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    pull();
    assertWhole();
    assertThat(notes.get(0)).contains("nothing came for");
  }

  @Test
  void fullDiskIsToldBeforehand() {
    ModelPull full = new ModelPull(settings(Optional.empty()), root, folder -> 1_000_000);
    assertThatThrownBy(() -> full.pull(SMALL, "main", false, progress()))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("MB of free disk, found 1 MB");
    assertThat(hub.requests("model.safetensors")).isEmpty();
    assertThat(target()).doesNotExist();
  }

  @Test
  void fileThatCannotBeWrittenIsToldAtOnce() throws IOException {
    Files.createDirectories(part());
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("cannot write " + part());
    assertThat(hub.requests("model.safetensors")).hasSizeLessThanOrEqualTo(1);
  }
}
