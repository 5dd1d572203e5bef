package dev.serenade.server.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * What a client still sends of a request that is refused. A connection that is closed while bytes
 * are under way is reset, and the client would never read why.
 */
final class Leftovers {

  private static final int MOST_BYTES = 16 << 20;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Nothing more is under way once nothing came for so long. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private Leftovers() {}

  /** Takes what comes of a body, within limits of size and time. */
  static void discard(Context context) {
    if (!hasBody(context)) {
      return;
    }
    try {
      discard(context.req().getInputStream());
    } catch (IOException | IllegalStateException e) {
      // The client has gone, or has broken the rules of HTTP.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean hasBody(Context context) {
    return context.req().getContentLengthLong() > 0 || context.header("Transfer-Encoding") != null;
  }

  private static void discard(ServletInputStream body) throws IOException, InterruptedException {
    byte[] some = new byte[1 << 16];
    long start = System.nanoTime();
    long lastNanos = start;
    long taken = 0;
    while (!body.isFinished()
        && taken < MOST_BYTES
        && System.nanoTime() - start < LONGEST_NANOS
        && System.nanoTime() - lastNanos < QUIET_NANOS) {
      if (body.available() > 0) {
        taken += Math.max(0, body.read(some));
        lastNanos = System.nanoTime();
      } else {
        Thread.sleep(2);
      }
    }
  }
}
