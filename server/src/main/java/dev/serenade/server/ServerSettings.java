package dev.serenade.server;

import dev.serenade.server.history.HistorySettings;
import dev.serenade.server.http.ApiKeys;
import java.util.List;
import java.util.Optional;

/**
 * How a server is to be.
 *
 * @param host the address that it listens at
 * @param port from 0 to 65535; 0 for any that is free
 * @param limits how much it takes on
 * @param keys who may use it
 * @param corsOrigins the pages of other hosts that may use it, such as {@code https://app.example};
 *     usually none
 * @param history where analyses are kept, and how long; empty to keep none
 * @param modelName what the model is called
 * @param version of Serenade
 */
public record ServerSettings(
    String host,
    int port,
    ServerLimits limits,
    ApiKeys keys,
    List<String> corsOrigins,
    Optional<HistorySettings> history,
    String modelName,
    String version) {

  /** The port that is used unless another is asked for. */
  public static final int DEFAULT_PORT = 8080;

  /** For this machine only, without keys or history. */
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          "127.0.0.1",
          DEFAULT_PORT,
          ServerLimits.DEFAULT,
          ApiKeys.none(),
          List.of(),
          Optional.empty(),
          "default",
          "(not packaged)");

  /** Checks the port, and copies the list. */
  public ServerSettings {
    corsOrigins = List.copyOf(corsOrigins);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("expected a port from 0 to 65535, found " + port);
    }
  }

  /** Returns the same at another address. */
  public ServerSettings at(String newHost, int newPort) {
    return new ServerSettings(
        newHost, newPort, limits, keys, corsOrigins, history, modelName, version);
  }

  /** Returns the same with other limits. */
  public ServerSettings withLimits(ServerLimits newLimits) {
    return new ServerSettings(
        host, port, newLimits, keys, corsOrigins, history, modelName, version);
  }

  /** Returns the same for others. */
  public ServerSettings withAccess(ApiKeys newKeys, List<String> newCorsOrigins) {
    return new ServerSettings(
        host, port, limits, newKeys, newCorsOrigins, history, modelName, version);
  }

  /** Returns the same with a history. */
  public ServerSettings withHistory(HistorySettings newHistory) {
    return new ServerSettings(
        host, port, limits, keys, corsOrigins, Optional.of(newHistory), modelName, version);
  }

  /** Returns the same with other names. */
  public ServerSettings named(String newModelName, String newVersion) {
    return new ServerSettings(
        host, port, limits, keys, corsOrigins, history, newModelName, newVersion);
  }
}
