package dev.serenade.server.history;

import dev.serenade.server.history.HistoryException.Reason;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** The tables, which are brought from any earlier version to this one. */
final class Schema {

  /** The number of the last file in {@code migrations}. */
  static final int VERSION = 1;

  private static final String TABLE = "serenade_schema";

  private final Database database;
  private final Flyway flyway;

  Schema(Database database, DataSource connections) {
    this.database = database;
    this.flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(connections)
            .locations("classpath:dev/serenade/server/history/migrations")
            .failOnMissingLocations(true)
            .table(TABLE)
            .load();
  }

  /** Makes the tables, or changes those of an earlier version. */
  void migrate() throws HistoryException {
    try {
      if (found() > VERSION) {
        throw otherVersion("at most %d".formatted(VERSION), "written by a newer Serenade");
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw explain(e);
    }
  }

  /** Leaves the tables as they are. */
  void requireCurrent() throws HistoryException {
    try {
      int found = found();
      if (found == 0) {
        throw new HistoryException(
            Reason.MISSING, database.name() + ": expected a history, found none");
      }
      if (found != VERSION) {
        throw otherVersion(
            String.valueOf(VERSION),
            found > VERSION
                ? "written by a newer Serenade"
                : "start a server on it once, which brings it up to date");
      }
    } catch (FlywayException e) {
      throw explain(e);
    }
  }

  private HistoryException otherVersion(String expected, String hint) {
    return new HistoryException(
        Reason.OTHER_VERSION,
        "%s: expected a history of version %s, found %d: %s"
            .formatted(database.name(), expected, found(), hint));
  }

  /** Returns the version of the tables; 0 if there are none. */
  private int found() {
    MigrationInfoService known = flyway.info();
    MigrationInfo current = known.current();
    return current == null || current.getVersion() == null
        ? 0
        : Integer.parseInt(current.getVersion().getVersion());
  }

  private HistoryException explain(FlywayException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failure) {
        return database.explain(failure);
      }
    }
    return new HistoryException(
        Reason.DAMAGED,
        "%s: %s".formatted(database.name(), Folders.oneLine(String.valueOf(e.getMessage()))),
        e);
  }
}
