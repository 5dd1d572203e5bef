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

  private Leftovers() {}

  /** Takes what comes of a body, within limits of size and time. */
  static void discard(Context context) {
    if (context.req().getContentLengthLong() <= 0 && context.header("Transfer-Encoding") == null) {
      return;
    }
    try {
      ServletInputStream body = context.req().getInputStream();
      byte[] some = new byte[1 << 16];
      long start = System.nanoTime();
      long taken = 0;
      while (!body.isFinished()
          && taken < MOST_BYTES
          && System.nanoTime() - start < LONGEST_NANOS) {
        if (body.available() > 0) {
          taken += Math.max(0, body.read(some));
        } else {
          Thread.sleep(2);
        }
      }
    } catch (IOException | IllegalStateException e) {
      // The client has gone, or has broken the rules of HTTP.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
