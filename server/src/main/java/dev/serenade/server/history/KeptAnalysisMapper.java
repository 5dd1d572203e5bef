package dev.serenade.server.history;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Makes an analysis of a row of the database.
 *
 * @param audio where recordings are
 */
record KeptAnalysisMapper(AudioFolder audio) implements RowMapper<KeptAnalysis> {

  /** What to select besides {@code heard}, of {@code analysis a} and {@code correction c}. */
  static final String COLUMNS =
      "a.id, a.file, a.created_at, a.container, c.emotion, c.speaker, c.corrected_at";

  @Override
  public KeptAnalysis map(ResultSet row, StatementContext context) throws SQLException {
    String id = row.getString("id");
    AudioContainer container = AudioContainer.named(row.getString("container"));
    return new KeptAnalysis(
        id,
        row.getString("file"),
        DatabaseTime.instant(row.getLong("created_at")),
        json(row.getString("heard")),
        correction(row),
        Files.isRegularFile(audio.path(id, container)));
  }

  private static Optional<Correction> correction(ResultSet row) throws SQLException {
    String emotion = row.getString("emotion");
    if (emotion == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Correction(
            emotion,
            Optional.ofNullable(row.getString("speaker")),
            DatabaseTime.instant(row.getLong("corrected_at"))));
  }

  private static JsonObject json(String text) throws SQLException {
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new SQLException("expected an analysis as JSON, found something else", e);
    }
  }
}
