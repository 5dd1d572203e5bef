package dev.serenade.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderStoreTest {

  @TempDir Path folder;
  private Path root;
  private EncoderStore store;

  @BeforeEach
  void makeModels() throws IOException {
    root = Files.createDirectories(folder.resolve("root"));
    store = new EncoderStore(root);
    pulled("whisper-small");
    pulled("me/whisper-fa");
    Files.writeString(root.resolve("ggml-base.bin"), "ggml");
    Files.createDirectories(root.resolve(".pull/openai--x/abc"));
    Files.writeString(root.resolve(".pull/openai--x/abc/config.json"), "{}");
    Files.createDirectories(root.resolve("notes"));
  }

  private Path pulled(String name) throws IOException {
    Path model = Files.createDirectories(root.resolve(name));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("model.safetensors"), "weights");
    PullRecord.now(RepositoryName.parse(name), HubSettings.of(Map.of()), FakeHub.COMMIT, model)
        .write(model);
    return model;
  }

  private StoredEncoder find(String name) throws IOException {
    return store.find(name).orElseThrow();
  }

  @Test
  void modelsAreListedByName() throws IOException {
    assertThat(store.list())
        .extracting(StoredEncoder::name)
        .containsExactly("ggml-base.bin", "me/whisper-fa", "whisper-small");
    assertThat(find("ggml-base.bin").record()).isEmpty();
    assertThat(find("openai/whisper-small").record()).isPresent();
    assertThat(find("openai/whisper-small").sizeBytes()).isGreaterThan(9);
    assertThat(store.find("whisper-large")).isEmpty();
    assertThat(new EncoderStore(folder.resolve("nowhere")).list()).isEmpty();
  }

  @Test
  void damageIsFoundByFile() throws IOException {
    assertThat(EncoderStore.verify(find("whisper-small")))
        .containsExactly(
            Map.entry("config.json", FileState.INTACT),
            Map.entry("model.safetensors", FileState.INTACT));
    Files.writeString(root.resolve("whisper-small/model.safetensors"), "Weights");
    Files.delete(root.resolve("whisper-small/config.json"));
    Files.createDirectory(root.resolve("whisper-small/config.json"));
    StoredEncoder damaged =
        new StoredEncoder("whisper-small", root.resolve("whisper-small"), 0, Optional.empty());
    assertThat(EncoderStore.verify(damaged))
        .containsExactly(
            Map.entry("config.json", FileState.MISSING),
            Map.entry("model.safetensors", FileState.DAMAGED));
  }

  @Test
  void damagedRecordIsTold() throws IOException {
    Files.writeString(root.resolve("whisper-small/serenade-source.json"), "{\"sha256\": 1}");
    StoredEncoder encoder = find("whisper-small");
    assertThat(encoder.record()).isEmpty();
    assertThatThrownBy(() -> EncoderStore.verify(encoder))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("expected what serenade models pull wrote");
  }

  @Test
  void removalTakesTheModelAndAnEmptyOwner() throws IOException {
    store.remove(find("me/whisper-fa"));
    assertThat(root.resolve("me")).doesNotExist();
    store.remove(find("ggml-base.bin"));
    assertThat(store.list()).extracting(StoredEncoder::name).containsExactly("whisper-small");
  }

  @Test
  void linkIsRemovedAndNotWhatItLeadsTo() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside/model"));
    Files.writeString(outside.resolve("config.json"), "{}");
    Files.createSymbolicLink(root.resolve("linked"), outside);
    Files.createSymbolicLink(root.resolve("whisper-small/link"), outside);
    store.remove(find("linked"));
    store.remove(find("whisper-small"));
    assertThat(root.resolve("linked")).doesNotExist();
    assertThat(outside.resolve("config.json")).exists();
  }

  @Test
  void ownerThatLeadsOutsideIsRefused() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside/model"));
    Files.writeString(outside.resolve("config.json"), "{}");
    Files.createSymbolicLink(root.resolve("owner"), folder.resolve("outside"));
    StoredEncoder found = find("owner/model");
    assertThatThrownBy(() -> store.remove(found))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("is not below");
    assertThat(outside.resolve("config.json")).exists();
  }
}
