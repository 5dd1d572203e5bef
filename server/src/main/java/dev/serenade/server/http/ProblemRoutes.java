package dev.serenade.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong into a problem; no stack trace reaches a client, but the log. */
public final class ProblemRoutes implements Routes {

  /** The attribute of a request that has the code of its problem, if it has one. */
  public static final String CODE = "problem-code";

  private static final Logger LOG = LoggerFactory.getLogger(ProblemRoutes.class);

  private static final String ALLOW = "Allow";

  private final Function<String, List<String>> methods;

  /**
   * Prepares the handlers.
   *
   * @param methods gives those that a path knows
   */
  public ProblemRoutes(Function<String, List<String>> methods) {
    this.methods = methods;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, context) -> answer(context, Problem.of(e)));
    routes.exception(HttpResponseException.class, this::answer);
    routes.exception(Exception.class, ProblemRoutes::failed);
  }

  private static void failed(Exception e, Context context) {
    LOG.error("{} {} failed", context.method(), context.req().getRequestURI(), e);
    answer(context, Problem.internal());
  }

  private void answer(HttpResponseException e, Context context) {
    if (e.getStatus() == 405 && context.res().getHeader(ALLOW) == null) {
      context.header(ALLOW, String.join(", ", methods.apply(context.path())));
    }
    answer(context, ofStatus(e));
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
    context.attribute(CODE, problem.code());
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> context.header("Retry-After", String.valueOf(seconds)));
    context.status(problem.status());
    Answers.json(context, Problem.MEDIA_TYPE, problem.json());
  }
}
