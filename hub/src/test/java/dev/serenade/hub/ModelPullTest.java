package dev.serenade.hub;

import static dev.serenade.hub.FakeHub.breakAfter;
import static dev.serenade.hub.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPullTest {

  private static final int WEIGHTS = 300_000;
  private static final RepositoryName SMALL = RepositoryName.parse("openai/whisper-small");
  private static final RetryRule QUICK =
      new RetryRule(
          4, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofMillis(500), 1 << 20);

  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> done = Collections.synchronizedList(new ArrayList<>());

  @TempDir Path root;
  private FakeHub hub;

  @BeforeEach
  void startHub() throws IOException {
    hub = new FakeHub().withWhisper(WEIGHTS);
  }

  @AfterEach
  void stopHub() {
    hub.close();
  }

  private PullProgress progress() {
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

  private HubSettings settings(Optional<String> token) {
    return new HubSettings(URI.create(hub.endpoint()), token, "", "", false, QUICK);
  }

  private Pulled pull() throws IOException {
    return pull(SMALL, false);
  }

  private Pulled pull(RepositoryName name, boolean replace) throws IOException {
    return new ModelPull(settings(Optional.empty()), root).pull(name, "main", replace, progress());
  }

  private Path target() {
    return root.resolve("whisper-small");
  }

  private void assertWhole() throws IOException {
    assertThat(target().resolve("model.safetensors"))
        .hasBinaryContent(hub.content("model.safetensors"));
    assertThat(names(target()))
        .containsExactlyInAnyOrder(
            "config.json", "preprocessor_config.json", "model.safetensors", "serenade-source.json");
    assertThat(names(root.resolve(".pull"))).containsExactly("openai--whisper-small.lock");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private Path part() {
    return root.resolve(
        ".pull/openai--whisper-small/" + FakeHub.COMMIT + "/model.safetensors.part");
  }

  @Test
  void modelIsDownloadedWithWhatItNeedsOnly() throws IOException {
    Pulled pulled = pull();
    assertWhole();
    assertThat(pulled.wasThere()).isFalse();
    assertThat(pulled.folder()).isEqualTo(target());
    PullRecord record = PullRecord.read(target()).orElseThrow();
    assertThat(record).isEqualTo(pulled.record());
    assertThat(record.model()).isEqualTo("openai/whisper-small");
    assertThat(record.revision()).isEqualTo(FakeHub.COMMIT);
    assertThat(record.endpoint()).isEqualTo(hub.endpoint());
    assertThat(record.sha256())
        .containsOnlyKeys("config.json", "preprocessor_config.json", "model.safetensors");
    assertThat(hub.requests().get(0).path())
        .isEqualTo("/api/models/openai/whisper-small/revision/main");
    assertThat(hub.requests("model.safetensors").get(0).path())
        .isEqualTo("/openai/whisper-small/resolve/" + FakeHub.COMMIT + "/model.safetensors");
    assertThat(hub.requests("pytorch_model.bin")).isEmpty();
    assertThat(hub.requests("README.md")).isEmpty();
    assertThat(done).isSorted().isNotEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void secondPullDownloadsNothing() throws IOException {
    pull();
    int before = hub.requests("model.safetensors").size();
    assertThat(pull().wasThere()).isTrue();
    assertThat(hub.requests("model.safetensors")).hasSize(before);
  }

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.json",
        "/etc/evil",
        "a/../../evil",
        "..",
        "C:evil",
        "a\\\\..\\\\evil",
        "a//b"
      })
  void hostileNamesAreRefused(String name) {
    hub.fail(
        "listing",
        FakeHub.text(
            "{\"sha\": \"%s\", \"siblings\": [{\"rfilename\": \"%s\"}]}"
                .formatted(FakeHub.COMMIT, name)));
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("it names a file outside of the repository");
    assertThat(hub.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>Please log in</body></html>",
        "",
        "[]",
        "{}",
        "{\"sha\": \"../..\", \"siblings\": []}",
        "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": [1]}",
        "{\"sha\": \"0123456789abcdef0123456789abcdef01234567\", \"siblings\": [{\"rfilename\": \"a\","
            + " \"lfs\": {\"sha256\": \"x\"}}]}"
      })
  void listingThatIsNoneIsTold(String body) {
    hub.fail("listing", FakeHub.text(body));
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("/revision/main: expected a listing of files in JSON, found ");
  }

  @Test
  void hubThatGivesNoHashesIsNotTrusted() {
    hub.fail(
        "listing",
        FakeHub.text(
            "{\"sha\": \"%s\", \"siblings\": [{\"rfilename\": \"config.json\"}]}"
                .formatted(FakeHub.COMMIT)));
    assertThatThrownBy(this::pull)
        .hasMessageContaining("the hub gives no length and hash of config.json");
  }

  @Test
  void anotherModelIsRefusedBeforeItsWeightsAreDownloaded() {
    hub.with("config.json", "{\"model_type\": \"bert\"}");
    assertThatThrownBy(this::pull)
        .hasMessageContaining(
            "openai/whisper-small: expected a Whisper model, whose config.json gives model_type \"whisper\", found \"bert\"");
    assertThat(hub.requests("model.safetensors")).isEmpty();
  }

  @Test
  void pickleIsRefusedWithTheWayToConvertIt() {
    hub.without("model.safetensors");
    assertThatThrownBy(this::pull)
        .hasMessageContaining("a pickle (.bin), which can run code")
        .hasMessageContaining("model.save_pretrained(\"FOLDER\", safe_serialization=True)");
    assertThat(hub.requests("pytorch_model.bin")).isEmpty();
  }

  @Test
  void shardsAreFoundByTheIndex() throws IOException {
    hub.without("model.safetensors")
        .with("model-00001-of-00002.safetensors", FakeHub.random(70_000))
        .with("model-00002-of-00002.safetensors", FakeHub.random(80_000))
        .with("model.fp32-00001-of-00001.safetensors", FakeHub.random(9))
        .with(
            "model.safetensors.index.json",
            """
            {"weight_map": {"a": "model-00001-of-00002.safetensors",
                            "b": "model-00002-of-00002.safetensors",
                            "c": "model-00002-of-00002.safetensors"}}
            """);
    pull();
    assertThat(names(target()))
        .containsExactlyInAnyOrder(
            "config.json",
            "preprocessor_config.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "model.safetensors.index.json",
            "serenade-source.json");
  }

  @ParameterizedTest
  @CsvSource({
    "../model.safetensors, expected the name of a .safetensors file beside it",
    "other.safetensors, names other.safetensors which is not among its files"
  })
  void indexMayNotNameOtherFiles(String shard, String message) {
    hub.without("model.safetensors")
        .with("model.safetensors.index.json", "{\"weight_map\": {\"a\": \"%s\"}}".formatted(shard));
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .satisfies(
            e -> assertThat(String.valueOf(e.getMessage()).replace(",", "")).contains(message));
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

  @Test
  void manyAtOnceDownloadOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Pulled>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> pull()));
      }
      int downloads = 0;
      for (Future<Pulled> one : all) {
        downloads += one.get().wasThere() ? 0 : 1;
      }
      assertThat(downloads).isEqualTo(1);
      assertThat(hub.requests("model.safetensors")).hasSize(1);
      assertWhole();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void newRevisionReplacesTheOldOneOnRequest() throws IOException {
    pull();
    String next = "f".repeat(40);
    hub.with("model.safetensors", FakeHub.random(200_000)).atCommit(next);
    assertThatThrownBy(this::pull)
        .hasMessageContaining("is there at revision " + FakeHub.COMMIT)
        .hasMessageContaining("pull with --replace");
    assertThat(pull(SMALL, true).record().revision()).isEqualTo(next);
    assertWhole();
  }

  @Test
  void folderOfTheUserIsNotTouched() throws IOException {
    Files.createDirectories(target());
    Files.writeString(target().resolve("config.json"), "mine");
    assertThatThrownBy(this::pull).hasMessageContaining("was not downloaded by pull");
    assertThat(target().resolve("config.json")).hasContent("mine");
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void modelOfAnotherOwnerLiesInItsFolder() throws IOException {
    assertThat(pull(RepositoryName.parse("me/whisper-fa"), false).folder())
        .isEqualTo(root.resolve("me/whisper-fa"));
    assertThat(new EncoderStore(root).list())
        .extracting(StoredEncoder::name)
        .containsExactly("me/whisper-fa");
  }

  @Test
  void adapterIsDownloadedAsOne() throws IOException {
    hub.without("config.json")
        .without("model.safetensors")
        .with("adapter_config.json", "{\"peft_type\": \"LORA\"}")
        .with("adapter_model.safetensors", FakeHub.random(100));
    assertThat(names(pull().folder())).contains("adapter_config.json", "adapter_model.safetensors");
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

  @ParameterizedTest
  @ValueSource(strings = {"", "../main", "a b", "-x", "a/../b"})
  void impossibleRevisionIsRefused(String revision) {
    ModelPull pull = new ModelPull(settings(Optional.empty()), root);
    assertThatThrownBy(() -> pull.pull(SMALL, revision, false, progress()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a branch, tag or commit");
  }
}
