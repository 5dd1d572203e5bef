package dev.serenade.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelPullTest extends PullFixture {

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

  @ParameterizedTest
  @ValueSource(strings = {"", "../main", "a b", "-x", "a/../b"})
  void impossibleRevisionIsRefused(String revision) {
    ModelPull pull = new ModelPull(settings(Optional.empty()), root);
    assertThatThrownBy(() -> pull.pull(SMALL, revision, false, progress()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a branch, tag or commit");
  }
}
