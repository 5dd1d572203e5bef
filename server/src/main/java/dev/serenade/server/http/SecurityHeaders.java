package dev.serenade.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Headers that keep a browser from doing more with an answer than it should. */
public final class SecurityHeaders implements Routes {

  private static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          "default-src 'self'",
          "img-src 'self' data: blob:",
          "media-src 'self' blob:",
          "worker-src 'self' blob:",
          "object-src 'none'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
          "form-action 'self'");

  @Override
  public void addTo(RoutesConfig routes) {
    routes.before(SecurityHeaders::add);
    routes.wsBeforeUpgrade(SecurityHeaders::add);
  }

  private static void add(Context context) {
    context.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Permissions-Policy", "microphone=(self)");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    if (context.path().startsWith("/v1/")) {
      context.header("Cache-Control", "no-store");
    }
  }
}
