package dev.serenade.server.openapi;

import dev.serenade.server.http.Answers;
import dev.serenade.server.http.ProblemException;
import dev.serenade.server.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The description of the API, and a viewer of it that asks no other host for anything. */
public final class OpenApiRoutes implements Routes {

  private static final Map<String, String> VIEWER_FILES =
      Map.of(
          "swagger-ui.css", "text/css",
          "swagger-ui-bundle.js", "text/javascript");

  private static final Map<String, String> OWN_FILES =
      Map.of(
          "viewer.js", "text/javascript",
          "viewer.css", "text/css");

  private final Supplier<List<Endpoint>> endpoints;
  private final String version;
  private final boolean keysAreNeeded;

  /**
   * Prepares the routes.
   *
   * @param endpoints all routes, once they are registered
   * @param version of Serenade
   * @param keysAreNeeded whether a request must have a key
   */
  public OpenApiRoutes(Supplier<List<Endpoint>> endpoints, String version, boolean keysAreNeeded) {
    this.endpoints = endpoints;
    this.version = version;
    this.keysAreNeeded = keysAreNeeded;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(
        "/openapi.json",
        context -> Answers.json(context, ApiDocument.of(endpoints.get(), version, keysAreNeeded)));
    routes.get("/docs", context -> send(context, "viewer.html", "text/html"));
    routes.get("/docs/{file}", this::file);
  }

  private void file(Context context) {
    String name = context.pathParam("file");
    if (VIEWER_FILES.containsKey(name)) {
      send(context, "viewer/" + name, VIEWER_FILES.getOrDefault(name, ""));
    } else if (OWN_FILES.containsKey(name)) {
      send(context, name, OWN_FILES.getOrDefault(name, ""));
    } else {
      throw ProblemException.notFound("no file " + Answers.shown(name));
    }
  }

  /** Only names of the lists above come here. */
  private static void send(Context context, String name, String mediaType) {
    InputStream file =
        OpenApiRoutes.class.getResourceAsStream("/dev/serenade/server/openapi/" + name);
    if (file == null) {
      throw ProblemException.notFound("no file " + name);
    }
    if (mediaType.equals("text/html")) {
      // Swagger UI sets styles in the elements that it makes.
      context.header(
          "Content-Security-Policy",
          "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
              + " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
    }
    context.contentType(mediaType + "; charset=utf-8").result(file);
  }
}
