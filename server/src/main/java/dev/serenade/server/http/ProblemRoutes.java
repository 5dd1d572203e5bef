package dev.serenade.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Locale;
import java.util.OptionalInt;

/** Turns whatever goes wrong into a problem; no stack trace reaches a client. */
public final class ProblemRoutes implements Routes {

  @Override
  public void addTo(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, context) -> answer(context, Problem.of(e)));
    routes.exception(HttpResponseException.class, (e, context) -> answer(context, ofStatus(e)));
    routes.exception(Exception.class, (e, context) -> answer(context, Problem.internal()));
  }

  private static Problem ofStatus(HttpResponseException e) {
    int status = e.getStatus();
    String code =
        switch (status) {
          case 400 -> "bad-request";
          case 404 -> "not-found";
          case 405 -> "method-not-allowed";
          case 413 -> "too-large";
          default -> status < 500 ? "bad-request" : "internal";
        };
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return new Problem(status, code, message, OptionalInt.empty());
  }

  /** Answers a request with a problem. */
  public static void answer(Context context, Problem problem) {
    Leftovers.discard(context);
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> context.header("Retry-After", String.valueOf(seconds)));
    context
        .status(problem.status())
        .contentType(Problem.MEDIA_TYPE)
        .result(problem.json().toString());
  }
}
