package dev.serenade.server.history;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/** What is different in SQLite and in PostgreSQL: how to connect, and what goes wrong. */
sealed interface Database permits SqliteDatabase, PostgresDatabase {

  /** Returns where it is, as users may see it. */
  String name();

  /** Returns whether something is there; in PostgreSQL that shows later. */
  boolean exists();

  /** Keeps others from making or changing the tables until it is closed. */
  Lock lock() throws HistoryException;

  /** What others wait for. */
  interface Lock extends AutoCloseable {

    @Override
    void close() throws HistoryException;
  }

  /** Opens connections, and finds out that one works. */
  HikariDataSource connect() throws HistoryException;

  /** Says in one line what went wrong. */
  HistoryException explain(SQLException e);
}
