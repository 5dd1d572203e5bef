package dev.serenade.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serenade.server.history.HistoryException.Reason;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class PostgresHistoryTest extends HistoryTest {

  @RegisterExtension private static final PostgresServer POSTGRES = new PostgresServer();

  private int folders;

  @Override
  HistorySettings newSettings() throws SQLException {
    folders++;
    return HistorySettings.of(
        POSTGRES.newDatabase(), Optional.of(folder.resolve("audio" + folders)), 30);
  }

  @Override
  void execute(HistorySettings where, String sql) throws SQLException {
    PostgresServer.execute(where.location(), sql);
  }

  @Test
  void aDatabaseThatWentAwayIsNamedAndUsedAgainOnceItIsBack() throws Exception {
    History history = open();
    keep(history, "a", Instant.EPOCH);
    POSTGRES.stop();
    try {
      assertThatThrownBy(() -> history.find("a"))
          .isInstanceOfSatisfying(
              HistoryException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE))
          .hasMessageStartingWith(settings().shown() + ": ")
          .hasMessageNotContaining("\n");
      assertThatThrownBy(this::open)
          .isInstanceOf(HistoryException.class)
          .hasMessageStartingWith(settings().shown() + ": Connection to 127.0.0.1")
          .hasMessageContaining("refused");
      assertThatThrownBy(() -> keep(history, "b", Instant.EPOCH))
          .isInstanceOf(HistoryException.class);
    } finally {
      POSTGRES.start();
    }
    assertThat(history.find("a")).isPresent();
    assertThat(history.find("b")).isEmpty();
  }

  @Test
  void aDatabaseThatDoesNotExistIsNamed() {
    HistorySettings none =
        HistorySettings.of(
            settings().location().replaceFirst("/test\\d+", "/none"),
            Optional.of(folder.resolve("none")),
            30);

    assertThatThrownBy(() -> History.open(none))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("/none: FATAL: database \"none\" does not exist");
  }

  @Test
  void tablesOfSomebodyElseAreLeftAlone() throws Exception {
    execute(settings(), "create table analysis (id integer)");

    assertThatThrownBy(this::open)
        .isInstanceOf(HistoryException.class)
        .hasMessageStartingWith(settings().shown() + ": ")
        .hasMessageContaining("non-empty schema")
        .hasMessageNotContaining("\n");
  }
}
