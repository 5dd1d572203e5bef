/**
 * Live sound over a WebSocket: clients send samples, and are told what is heard in them.
 *
 * <p>Start with {@link dev.serenade.server.stream.StreamRoutes}; {@code docs/operating.md} has the
 * protocol.
 */
package dev.serenade.server.stream;
