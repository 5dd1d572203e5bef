package dev.serenade.server;

import java.time.Duration;

/**
 * How much live sound a server takes on.
 *
 * @param streams that are open at once; more are refused
 * @param messageBytes largest message, in bytes
 * @param idle how long a stream may be silent on the wire: without a message, or without reading
 *     what it is told
 * @param longest how long a stream may be open
 */
public record StreamLimits(int streams, int messageBytes, Duration idle, Duration longest) {

  /** 16 streams of messages of 1 MiB, a minute idle, four hours open. */
  public static final StreamLimits DEFAULT =
      new StreamLimits(16, 1 << 20, Duration.ofMinutes(1), Duration.ofHours(4));

  /** Checks that all are positive. */
  public StreamLimits {
    ServerLimits.require("streams", streams);
    ServerLimits.require("messageBytes", messageBytes);
    ServerLimits.require("idle", (double) idle.toMillis());
    ServerLimits.require("longest", (double) longest.toMillis());
  }
}
