package dev.serenade.server.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as both databases keep and order them: in microseconds since 1970. */
final class DatabaseTime {

  private DatabaseTime() {}

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
