package dev.serenade.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which files of a repository a Whisper encoder needs, and what may be kept beside them. */
final class NeededFiles {

  static final String CONFIG = "config.json";
  static final String ADAPTER_CONFIG = "adapter_config.json";
  static final String INDEX = "model.safetensors.index.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String ADAPTER_WEIGHTS = "adapter_model.safetensors";

  /** Small, and of use to other programs that read the folder. */
  private static final List<String> BESIDE =
      List.of(
          "preprocessor_config.json",
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json");

  private static final long SMALL_BYTES = 5_000_000;
  private static final long LARGEST_INDEX_BYTES = 50_000_000;

  private final RepositoryListing listing;
  private final String where;

  /**
   * Looks at a listing.
   *
   * @param where it is from, for messages
   */
  NeededFiles(RepositoryListing listing, String where) {
    this.listing = listing;
    this.where = where;
  }

  /**
   * Returns the file that says what model it is.
   *
   * @throws HubException if there is none
   */
  RepositoryFile config() throws HubException {
    Optional<RepositoryFile> config = listing.find(CONFIG);
    return config.isPresent()
        ? checked(config.get())
        : checked(
            listing
                .find(ADAPTER_CONFIG)
                .orElseThrow(
                    () ->
                        new HubException(
                            "%s: expected a Whisper model with config.json, found none among its %d files"
                                .formatted(where, listing.files().size()))));
  }

  /**
   * Refuses what is no Whisper before anything large is downloaded.
   *
   * @param config the file {@link #config} named, downloaded
   */
  void requireWhisper(Path config) throws IOException {
    JsonObject json = object(config);
    boolean adapter = config.endsWith(ADAPTER_CONFIG);
    String member = adapter ? "peft_type" : "model_type";
    String expected = adapter ? "LORA" : "whisper";
    JsonElement found = json.get(member);
    boolean fits =
        found != null && found.isJsonPrimitive() && found.getAsString().equalsIgnoreCase(expected);
    if (!fits) {
      throw new HubException(
          "%s: expected a Whisper model, whose %s gives %s \"%s\", found %s; nothing else was downloaded"
              .formatted(where, config.getFileName(), member, expected, found));
    }
  }

  /** Returns the index of weights in several files, if that is how they are kept. */
  Optional<RepositoryFile> index() throws HubException {
    Optional<RepositoryFile> index =
        listing.find(WEIGHTS).isPresent() ? Optional.empty() : listing.find(INDEX);
    if (index.isPresent() && index.get().sizeBytes() > LARGEST_INDEX_BYTES) {
      throw new HubException(
          "%s: expected %s of at most %d bytes, found %d"
              .formatted(where, INDEX, LARGEST_INDEX_BYTES, index.get().sizeBytes()));
    }
    return index.isPresent() ? Optional.of(checked(index.get())) : index;
  }

  /**
   * Returns the weights, then what is kept beside them.
   *
   * @param index that {@link #index} named, downloaded
   * @throws HubException if there are none in the safetensors format; the message says what to do
   */
  List<RepositoryFile> others(Optional<Path> index) throws IOException {
    List<RepositoryFile> files = new ArrayList<>();
    if (index.isPresent()) {
      for (String shard : shards(index.get())) {
        files.add(checked(shard(shard)));
      }
    } else {
      files.add(checked(weights()));
    }
    for (String name : BESIDE) {
      Optional<RepositoryFile> file = listing.find(name);
      if (file.isPresent() && file.get().sizeBytes() <= SMALL_BYTES) {
        files.add(checked(file.get()));
      }
    }
    return files;
  }

  private RepositoryFile weights() throws HubException {
    String name = listing.find(CONFIG).isPresent() ? WEIGHTS : ADAPTER_WEIGHTS;
    Optional<RepositoryFile> weights = listing.find(name);
    if (weights.isPresent()) {
      return weights.get();
    }
    boolean pickle =
        listing.files().stream()
            .anyMatch(
                file -> file.path().matches("(?:pytorch|adapter)_model[\\w.-]*\\.(?:bin|pt)"));
    if (!pickle) {
      throw new HubException("%s: expected %s or %s, found neither".formatted(where, name, INDEX));
    }
    throw new HubException(
        """
        %s: its weights are a pickle (.bin), which can run code when it is loaded, and so never is. \
        Convert it once, where you trust it, with Python:
          from transformers import WhisperForConditionalGeneration
          model = WhisperForConditionalGeneration.from_pretrained("%s")
          model.save_pretrained("FOLDER", safe_serialization=True)
        then pass --encoder FOLDER"""
            .formatted(where, where));
  }

  private SortedSet<String> shards(Path index) throws IOException {
    SortedSet<String> shards = new TreeSet<>();
    JsonElement map = object(index).get("weight_map");
    if (map == null || !map.isJsonObject() || map.getAsJsonObject().size() == 0) {
      throw new HubException(
          "%s: %s: expected weight_map, which gives each tensor's file".formatted(where, INDEX));
    }
    for (var tensor : map.getAsJsonObject().entrySet()) {
      JsonElement shard = tensor.getValue();
      String name = shard.isJsonPrimitive() ? shard.getAsString() : "";
      if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}\\.safetensors")) {
        throw new HubException(
            "%s: %s: expected the name of a .safetensors file beside it, found %s"
                .formatted(where, INDEX, shard));
      }
      shards.add(name);
    }
    return shards;
  }

  private RepositoryFile shard(String name) throws HubException {
    return listing
        .find(name)
        .orElseThrow(
            () ->
                new HubException(
                    "%s: %s names %s, which is not among its files".formatted(where, INDEX, name)));
  }

  /** Without a length and a hash, nobody could tell a damaged file. */
  private RepositoryFile checked(RepositoryFile file) throws HubException {
    if (file.sizeBytes() < 0 || (file.blobId().isEmpty() && file.sha256().isEmpty())) {
      throw new HubException(
          "%s: the hub gives no length and hash of %s, without which it cannot be checked; try another endpoint"
              .formatted(where, file.path()));
    }
    return file;
  }

  private JsonObject object(Path file) throws IOException {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException | CharacterCodingException e) {
      throw new HubException(
          "%s: %s: expected a JSON object".formatted(where, file.getFileName()), e);
    }
  }
}
