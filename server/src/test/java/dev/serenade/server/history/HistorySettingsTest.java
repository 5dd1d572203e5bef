package dev.serenade.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistorySettingsTest {

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h:5432/d?user=u&password=s3cr3t, jdbc:postgresql://h:5432/d",
    "'jdbc:postgresql://a:1,b:2/d?password=s3cr3t@/x', 'jdbc:postgresql://a:1,b:2/d'",
    "jdbc:postgresql://u:s3cr3t@h/d, jdbc:postgresql:...",
    "jdbc:postgresql://u:s3@cr3t/s3cr3t@h/d, jdbc:postgresql:...",
    "jdbc:postgresql://u:x?s3cr3t@h/d, jdbc:postgresql:...",
    "jdbc:postgresql:d, jdbc:postgresql:d",
  })
  void noSecretIsShown(String location, String shown) {
    assertThat(HistorySettings.of(location, Optional.of(Path.of("audio")), 1).shown())
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:mysql://u:s3cr3t@h/d", "postgres://u:s3cr3t@h/d", " "})
  void whatIsNeitherFolderNorPostgresqlIsRefused(String location) {
    assertThatThrownBy(() -> HistorySettings.of(location, Optional.empty(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a folder or jdbc:postgresql://... for the history, found")
        .hasMessageNotContaining("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 36_501, Integer.MAX_VALUE})
  void daysAreBounded(int days) {
    assertThatThrownBy(() -> HistorySettings.of("folder", Optional.empty(), days))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected from 1 to 36500 days, found " + days);
  }
}
