package dev.serenade.hub;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a folder's files came from: {@value #FILE} beside them.
 *
 * @param model the name on the hub
 * @param endpoint of the hub or mirror
 * @param revision the hash of the commit
 * @param date when they were downloaded
 * @param sha256 of each file, by its name
 */
public record PullRecord(
    String model,
    String endpoint,
    String revision,
    Instant date,
    SortedMap<String, String> sha256) {

  static final String FILE = "serenade-source.json";

  /** Copies the hashes. */
  public PullRecord {
    sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(sha256));
  }

  /**
   * Reads the record of a folder; empty if it has none, as when a user put the files there.
   *
   * @throws HubException if it is damaged
   */
  public static Optional<PullRecord> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      SortedMap<String, String> hashes = new TreeMap<>();
      for (var entry : json.getAsJsonObject("sha256").entrySet()) {
        if (entry.getKey().contains("/") || entry.getKey().contains("\\")) {
          throw new IllegalStateException(entry.getKey());
        }
        hashes.put(entry.getKey(), entry.getValue().getAsString());
      }
      return Optional.of(
          new PullRecord(
              json.get("model").getAsString(),
              json.get("endpoint").getAsString(),
              json.get("revision").getAsString(),
              Instant.parse(json.get("date").getAsString()),
              hashes));
    } catch (JsonParseException
        | CharacterCodingException
        | DateTimeException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw new HubException(
          "%s: expected what serenade models pull wrote, found something else".formatted(file), e);
    }
  }

  static PullRecord now(RepositoryName name, HubSettings settings, String revision, Path folder)
      throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        hashes.put(String.valueOf(file.getFileName()), FileHash.sha256(file));
      }
    }
    return new PullRecord(
        name.toString(),
        settings.endpoint().toString(),
        revision,
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        hashes);
  }

  void write(Path folder) throws IOException {
    JsonObject hashes = new JsonObject();
    sha256.forEach(hashes::addProperty);
    JsonObject json = new JsonObject();
    json.addProperty("model", model);
    json.addProperty("endpoint", endpoint);
    json.addProperty("revision", revision);
    json.addProperty("date", date.toString());
    json.add("sha256", hashes);
    Files.writeString(
        folder.resolve(FILE), new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
  }
}
