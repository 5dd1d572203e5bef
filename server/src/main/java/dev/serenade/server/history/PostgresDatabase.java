package dev.serenade.server.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.serenade.server.history.HistoryException.Reason;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, at an address. */
final class PostgresDatabase implements Database {

  private static final int CONNECTIONS = 8;
  private static final int CONNECT_SECONDS = 5;

  private final String url;
  private final String shown;

  PostgresDatabase(HistorySettings settings) {
    this.url = settings.location();
    this.shown = settings.shown();
  }

  @Override
  public String name() {
    return shown;
  }

  @Override
  public boolean exists() {
    return true;
  }

  /** Whoever changes tables of PostgreSQL locks them there. */
  @Override
  public Lock lock() {
    return () -> {};
  }

  @Override
  public HikariDataSource connect() throws HistoryException {
    PGSimpleDataSource connections = new PGSimpleDataSource();
    try {
      connections.setUrl(url);
    } catch (IllegalArgumentException e) {
      throw new HistoryException(
          Reason.UNAVAILABLE, shown + ": expected jdbc:postgresql://HOST:PORT/DATABASE", e);
    }
    connections.setApplicationName("serenade");
    connections.setConnectTimeout(CONNECT_SECONDS);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("history");
    pool.setDataSource(connections);
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECT_SECONDS * 1000L);
    try {
      return new HikariDataSource(pool);
    } catch (HikariPool.PoolInitializationException e) {
      throw explain(e.getCause() instanceof SQLException cause ? cause : new SQLException(e));
    }
  }

  @Override
  public HistoryException explain(SQLException e) {
    SQLException first = first(e);
    String state = String.valueOf(first.getSQLState());
    Reason reason =
        switch (state) {
          case "53100" -> Reason.NO_SPACE;
          case "55P03", "40P01" -> Reason.LOCKED;
          case "XX001", "XX002", "42P01", "42703" -> Reason.DAMAGED;
          default -> Reason.UNAVAILABLE;
        };
    String text = Folders.oneLine(String.valueOf(first.getMessage()));
    return new HistoryException(reason, "%s: %s".formatted(shown, text), e);
  }

  /** The pool says only that it has waited; its cause says for what. */
  private static SQLException first(SQLException e) {
    SQLException first = e;
    while (first.getCause() instanceof SQLException cause) {
      first = cause;
    }
    return first;
  }
}
