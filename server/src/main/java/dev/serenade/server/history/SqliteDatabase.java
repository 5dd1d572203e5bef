package dev.serenade.server.history;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.serenade.server.history.HistoryException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite in one file, with a journal beside it while it is open. */
final class SqliteDatabase implements Database {

  static final String FILE = "history.db";

  private static final String LOCK = "history.lock";

  /** A lock of a file holds between processes, not between threads. */
  private static final ReentrantLock STARTS = new ReentrantLock();

  private static final int CONNECTIONS = 4;

  /** As long as somebody else may write. */
  private static final int BUSY_MS = 10_000;

  private final Path folder;
  private final Path file;

  SqliteDatabase(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(FILE);
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public boolean exists() {
    return Files.isRegularFile(file);
  }

  @Override
  public Lock lock() throws HistoryException {
    STARTS.lock();
    try {
      Folders.create(folder);
      FileChannel channel = FileChannel.open(folder.resolve(LOCK), CREATE, WRITE);
      // Closing the channel gives the lock back.
      channel.lock();
      if (!exists()) {
        // SQLite takes an empty file for a new database, and gives its journal the same rights.
        Folders.newFile(file).close();
      }
      return () -> {
        try {
          channel.close();
        } catch (IOException e) {
          throw Folders.explain(folder, e);
        } finally {
          STARTS.unlock();
        }
      };
    } catch (IOException e) {
      STARTS.unlock();
      throw Folders.explain(folder, e);
    }
  }

  @Override
  public HikariDataSource connect() throws HistoryException {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.enforceForeignKeys(true);
    settings.setBusyTimeout(BUSY_MS);
    // What was deleted is gone.
    settings.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    SQLiteDataSource connections = new SQLiteDataSource(settings);
    connections.setUrl("jdbc:sqlite:" + file);
    check(connections);
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("history");
    pool.setDataSource(connections);
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setConnectionTimeout(2 * BUSY_MS);
    return new HikariDataSource(pool);
  }

  /** Finds damage now: half of a history is worse than none. */
  private void check(SQLiteDataSource connections) throws HistoryException {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("pragma quick_check(1)")) {
      String first = found.next() ? found.getString(1) : "nothing";
      if (!first.equals("ok")) {
        throw damaged(Folders.oneLine(first).replaceFirst("^\\*+ in database \\S+ \\*+ ", ""));
      }
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  private HistoryException damaged(String found) {
    return new HistoryException(
        Reason.DAMAGED, "%s: expected an SQLite database, found %s".formatted(file, found));
  }

  @Override
  public HistoryException explain(SQLException e) {
    if (!(e instanceof SQLiteException failure)) {
      return new HistoryException(
          Reason.UNAVAILABLE,
          "%s: %s".formatted(file, Folders.oneLine(String.valueOf(e.getMessage()))),
          e);
    }
    SQLiteErrorCode code = failure.getResultCode();
    // Extended codes have the plain one in their last byte.
    return switch (code.code & 0xff) {
      case 13 -> new HistoryException(Reason.NO_SPACE, file + ": no space left on the disk", e);
      case 5, 6 ->
          new HistoryException(
              Reason.LOCKED,
              "%s: locked by another program for more than %d s".formatted(file, BUSY_MS / 1000),
              e);
      case 11 -> damaged("a damaged one; restore it from a backup");
      case 26 -> damaged("another kind of file");
      case 14 -> new HistoryException(Reason.UNAVAILABLE, file + ": cannot be opened or made", e);
      case 8 -> new HistoryException(Reason.UNAVAILABLE, file + ": cannot be written to", e);
      default ->
          new HistoryException(
              Reason.UNAVAILABLE,
              "%s: %s".formatted(file, Folders.oneLine(String.valueOf(e.getMessage()))),
              e);
    };
  }
}
