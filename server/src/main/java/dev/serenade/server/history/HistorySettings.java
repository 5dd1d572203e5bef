package dev.serenade.server.history;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a history is, and for how long analyses are kept.
 *
 * @param location a folder, which is made if need be, or {@code jdbc:postgresql://...}
 * @param audio the folder of the recordings; needed with PostgreSQL, else {@code audio} in the
 *     folder
 * @param retention how long analyses are kept
 */
public record HistorySettings(String location, Optional<Path> audio, Duration retention) {

  /** A month. */
  public static final int USUAL_DAYS = 30;

  private static final int MOST_DAYS = 36_500;

  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Hosts, ports and a database: where nobody puts a password. */
  private static final Pattern HARMLESS =
      Pattern.compile("jdbc:postgresql:(//[\\w.-]*(:\\d+)?(,[\\w.-]+(:\\d+)?)*/)?[\\w.-]*");

  /** Checks that they go together. */
  public HistorySettings {
    if (retention.isNegative() || retention.isZero()) {
      throw new IllegalArgumentException(
          "expected to keep analyses for some time, found " + retention);
    }
    if (location.isBlank()) {
      throw new IllegalArgumentException(
          "expected a folder or jdbc:postgresql://... for the history, found nothing");
    }
    if (!location.startsWith(POSTGRESQL)
        && (location.startsWith("jdbc:") || location.contains("://"))) {
      throw new IllegalArgumentException(
          "expected a folder or jdbc:postgresql://... for the history, found "
              + withoutSecrets(location));
    }
    if (location.startsWith(POSTGRESQL) && audio.isEmpty()) {
      throw new IllegalArgumentException(
          "a history in PostgreSQL needs a folder for its recordings (--history-audio)");
    }
  }

  /** Returns a history in a folder. */
  public static HistorySettings in(Path folder) {
    return of(folder.toString(), Optional.empty(), USUAL_DAYS);
  }

  /** Returns a history at a place, for so many days. */
  public static HistorySettings of(String location, Optional<Path> audio, int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException(
          "expected from 1 to %d days, found %d".formatted(MOST_DAYS, days));
    }
    return new HistorySettings(location, audio, Duration.ofDays(days));
  }

  /** Returns for how many days analyses are kept. */
  public long retentionDays() {
    return retention.toDays();
  }

  /** Returns the location as it may be shown: without user and password. */
  public String shown() {
    return isPostgresql() ? withoutSecrets(location) : location;
  }

  private static String withoutSecrets(String address) {
    String place = address.replaceFirst("(?s)[?].*", "");
    if (HARMLESS.matcher(place).matches()) {
      return place;
    }
    return address.replaceFirst("(?s)^((?:jdbc:)?[a-z0-9]*:).*", "$1...");
  }

  boolean isPostgresql() {
    return location.startsWith(POSTGRESQL);
  }

  Path audioFolder() {
    return audio.orElseGet(() -> Path.of(location).resolve("audio"));
  }
}
