package dev.serenade.hub;

import static dev.serenade.hub.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the hub's answers, and of none. */
class HubAnswersTest extends PullFixture {

  @Test
  void busyServerIsAskedAgainWhenItWants() throws IOException {
    hub.fail("listing", status(503), status(429, "Retry-After", "1"));
    long start = System.nanoTime();
    pull();
    assertWhole();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(notes.get(1)).contains("the hub answers 429; trying again in 1.0 s");
  }

  @Test
  void longWaitIsLeftToTheUser() {
    hub.fail("listing", status(429, "Retry-After", "3600"));
    assertThatThrownBy(this::pull)
        .hasMessageContaining("the hub answers 429, and asks to try again in 3600 s");
  }

  @Test
  void serverThatStaysDownIsGivenUp() {
    hub.fail("listing", status(500), status(502), status(503), status(504));
    assertThatThrownBy(this::pull)
        .hasMessageStartingWith("list of files: given up after 4 tries in a row:")
        .hasMessageContaining("the hub answers 504");
    assertThat(hub.requests()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "401, 'no such model, or one that is not public; for that, set HF_TOKEN'",
    "403, 'no such model, or one that is not public; for that, set HF_TOKEN'",
    "404, 'no such model, revision or file'",
    "418, 'the hub answers 418, which was not expected'"
  })
  void refusalIsExplainedAndNotRepeated(int code, String message) {
    hub.fail("listing", status(code));
    assertThatThrownBy(this::pull).isInstanceOf(HubException.class).hasMessageContaining(message);
    assertThat(hub.requests()).hasSize(1);
  }

  @Test
  void tokenGoesToTheEndpointAlone() throws IOException {
    try (FakeHub elsewhere = new FakeHub().withWhisper(WEIGHTS)) {
      hub.fail(
          "model.safetensors",
          status(302, "Location", elsewhere.endpoint() + "/blobs/model.safetensors?secret=1"));
      Pulled pulled =
          new ModelPull(settings(Optional.of("hf_secret")), root)
              .pull(SMALL, "main", false, progress());
      assertWhole();
      assertThat(hub.requests())
          .allMatch(
              request -> request.header("Authorization").equals(Optional.of("Bearer hf_secret")));
      assertThat(elsewhere.requests()).hasSize(1);
      assertThat(elsewhere.requests().get(0).header("Authorization")).isEmpty();
      assertThat(Files.readString(pulled.folder().resolve("serenade-source.json")))
          .doesNotContain("secret");
      assertThat(settings(Optional.of("hf_secret")).toString()).doesNotContain("secret");
    }
  }

  @Test
  void redirectsInACircleEnd() {
    for (int i = 0; i < 20; i++) {
      hub.fail("listing", status(307, "Location", "/api/models/x/y/revision/main"));
    }
    assertThatThrownBy(this::pull).hasMessageContaining("expected at most 8 redirects");
  }

  @Test
  void renamedModelIsFollowed() throws IOException {
    hub.fail("listing", status(307, "Location", "/api/models/openai/other/revision/main"));
    pull();
    assertWhole();
  }

  @Test
  void closedPortSaysWhatToDo() throws IOException {
    hub.close();
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessage(
            "cannot reach %s: nobody answers there; name a mirror with --endpoint or a proxy with --proxy, or put config.json and model.safetensors of openai/whisper-small into %s"
                .formatted(hub.endpoint(), target()));
  }

  @Test
  void offlineSettingAsksNobody() {
    HubSettings offline =
        new HubSettings(URI.create(hub.endpoint()), Optional.empty(), "", "", true, QUICK);
    assertThatThrownBy(() -> new ModelPull(offline, root).pull(SMALL, "main", false, progress()))
        .hasMessageStartingWith("HF_HUB_OFFLINE is set; ");
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void proxyIsAskedInPlaceOfTheHub() throws IOException {
    HubSettings settings =
        new HubSettings(
            URI.create("http://hub.invalid"),
            Optional.empty(),
            "127.0.0.1:" + hub.port(),
            "",
            false,
            QUICK);
    new ModelPull(settings, root).pull(SMALL, "main", false, progress());
    assertWhole();
  }
}
