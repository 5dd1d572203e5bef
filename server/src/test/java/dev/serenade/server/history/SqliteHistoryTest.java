package dev.serenade.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.server.history.HistoryException.Reason;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteHistoryTest extends HistoryTest {

  private int folders;

  @Override
  HistorySettings newSettings() {
    folders++;
    return HistorySettings.in(folder.resolve("deep/history" + folders));
  }

  @Override
  void execute(HistorySettings where, String sql) throws SQLException {
    try (Connection connection = connect(where);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(HistorySettings where) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file(where));
  }

  private static Path file(HistorySettings where) {
    return Path.of(where.location()).resolve(SqliteDatabase.FILE);
  }

  private void assertRefused(Reason reason, String message) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            HistoryException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageStartingWith(file(settings()) + ": ")
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("\n", "Exception");
  }

  @Test
  void anotherKindOfFileIsNamed() throws Exception {
    Files.createDirectories(Path.of(settings().location()));
    Files.writeString(file(settings()), "This is a diary, and no database at all. ".repeat(100));

    assertRefused(Reason.DAMAGED, "expected an SQLite database, found another kind of file");
  }

  @Test
  void damageIsFoundAtTheStart() throws Exception {
    History history = open();
    for (int i = 0; i < 300; i++) {
      keep(history, "id" + i, Instant.parse("2026-11-28T11:00:00Z"));
    }
    history.close();
    try (RandomAccessFile file = new RandomAccessFile(file(settings()).toFile(), "rw")) {
      assertThat(file.length()).isGreaterThan(20 * 4096);
      for (long page = 8; page < file.length() / 4096; page++) {
        file.seek(page * 4096);
        file.write(new byte[4096]);
      }
    }

    assertRefused(Reason.DAMAGED, "expected an SQLite database, found ");
  }

  @Test
  void aCutFileIsNamed() throws Exception {
    History history = open();
    keep(history, "a", Instant.parse("2026-11-28T11:00:00Z"));
    history.close();
    try (RandomAccessFile file = new RandomAccessFile(file(settings()).toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }

    assertRefused(Reason.DAMAGED, "expected an SQLite database, found ");
  }

  @Test
  void aFullDiskIsNamedAndWhatIsKeptStays() throws Exception {
    History history = open();
    keep(history, "a", Instant.parse("2026-11-28T11:00:00Z"));
    // The file may not grow: what a full disk does to it. Each connection has its own limit.
    history.close();
    try (Connection connection = connect(settings());
        Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = delete");
      statement.execute("pragma max_page_count = 1");
      assertThatThrownBy(
              () ->
                  statement.execute(
                      "insert into analysis select id || 'x', created_at, file, container, summary,"
                          + " hex(zeroblob(100000)) from analysis"))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> {
                HistoryException explained =
                    new SqliteDatabase(Path.of(settings().location())).explain(e);
                assertThat(explained.reason()).isEqualTo(Reason.NO_SPACE);
                assertThat(explained).hasMessage(file(settings()) + ": no space left on the disk");
              });
    }
    assertThat(open().find("a")).isPresent();
  }

  @Test
  void aLockOfAnotherProgramIsNamed() throws Exception {
    History history = open();
    try (Connection other = connect(settings());
        Statement statement = other.createStatement()) {
      statement.execute("begin exclusive");
      assertThatThrownBy(() -> keep(history, "a", Instant.EPOCH))
          .isInstanceOfSatisfying(
              HistoryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LOCKED))
          .hasMessage(file(settings()) + ": locked by another program for more than 10 s");
      statement.execute("rollback");
    }
    keep(history, "a", Instant.EPOCH);
    assertThat(history.find("a")).isPresent();
  }

  @Test
  void theFolderIsItsOwnersOnly() throws Exception {
    open();

    assertThat(Files.getPosixFilePermissions(Path.of(settings().location())))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(Files.getPosixFilePermissions(settings().audioFolder()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void filesAreTheirOwnersOnlyAlsoInAFolderOfEverybody() throws Exception {
    Path place = Path.of(settings().location());
    Files.createDirectories(place.resolve("audio"));
    keep(open(), "a", Instant.parse("2026-11-28T11:00:00Z"));

    for (String file : List.of("history.db", "history.db-wal", "audio/a.wav")) {
      assertThat(Files.getPosixFilePermissions(place.resolve(file)))
          .as(file)
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws Exception {
    Path place = Path.of(settings().location());
    Files.createDirectories(place.getParent());
    Files.writeString(place, "x");

    assertThatThrownBy(this::open)
        .isInstanceOf(HistoryException.class)
        .hasMessageStartingWith(place.toString());
  }
}
