package dev.serenade.server.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A history that nobody has used, for each test, and what may be kept in it. */
abstract class HistoryPlace {

  static final Instant NOON = Instant.parse("2026-11-28T12:00:00.123456Z");
  static final String WAV = "RIFF0000WAVEfmt and some sound";

  @TempDir Path folder;

  private HistorySettings settings = HistorySettings.in(Path.of("unset"));

  /** Closed after each test. */
  final List<History> opened = new ArrayList<>();

  /** Returns settings of a history that nobody has used. */
  abstract HistorySettings newSettings() throws Exception;

  /** Runs a statement beside the history. */
  abstract void execute(HistorySettings where, String sql) throws SQLException;

  @BeforeEach
  final void choosePlace() throws Exception {
    settings = newSettings();
  }

  @AfterEach
  final void closeAll() {
    opened.forEach(History::close);
  }

  final HistorySettings settings() {
    return settings;
  }

  final DatabaseHistory open() throws HistoryException {
    return open(NOON);
  }

  final DatabaseHistory open(Instant now) throws HistoryException {
    DatabaseHistory history = DatabaseHistory.open(settings, InstantSource.fixed(now));
    opened.add(history);
    return history;
  }

  static JsonObject result(String file) {
    JsonObject result = new JsonObject();
    result.addProperty("file", file);
    result.addProperty("emotion", "angry");
    result.addProperty("confidence", 0.8);
    result.add("timeline", new JsonArray());
    return result;
  }

  static AudioSource audio(String content) {
    return () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  static void keep(History history, String id, Instant createdAt) throws HistoryException {
    history.keep(id, createdAt, result(id + ".wav"), audio(WAV));
  }

  static Correction sad(Optional<String> speaker) {
    return new Correction("sad", speaker, NOON);
  }

  static List<String> ids(Page page) {
    return page.analyses().stream().map(KeptAnalysis::id).toList();
  }

  final List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(settings.audioFolder())) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals(AudioFolder.OWNER))
          .sorted()
          .toList();
    }
  }
}
