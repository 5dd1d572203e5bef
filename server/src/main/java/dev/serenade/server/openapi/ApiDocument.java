package dev.serenade.server.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.javalin.router.Endpoint;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The description of an API. */
final class ApiDocument {

  private static final String DESCRIPTION =
      """
      Tells the emotion of recorded speech. Scores are probabilities of how speech sounds, learnt from \
      acted speech; they are no measure of what a person feels, and can be wrong.

      Live sound goes over the WebSocket `/v1/stream`, which OpenAPI cannot describe: see the guide \
      for operators.""";

  private ApiDocument() {}

  /**
   * Describes routes.
   *
   * @param keysAreNeeded whether a request must have a key
   */
  static JsonObject of(List<Endpoint> endpoints, String version, boolean keysAreNeeded) {
    JsonObject paths = new JsonObject();
    for (Endpoint endpoint : endpoints) {
      Operation operation = endpoint.metadata(Operation.class);
      if (operation != null) {
        add(paths, endpoint, operation, keysAreNeeded);
      }
    }
    JsonObject json = new JsonObject();
    json.addProperty("openapi", "3.1.0");
    json.add("info", info(version));
    json.add("paths", paths);
    json.add("components", components(keysAreNeeded));
    if (keysAreNeeded) {
      json.add("security", security());
    }
    return json;
  }

  private static void add(
      JsonObject paths, Endpoint endpoint, Operation operation, boolean keysAreNeeded) {
    JsonObject path =
        Optional.ofNullable(paths.getAsJsonObject(endpoint.path)).orElseGet(JsonObject::new);
    if (keysAreNeeded && operation.needsKey()) {
      operation.problems(401);
    }
    path.add(endpoint.method.name().toLowerCase(Locale.ROOT), operation.json());
    paths.add(endpoint.path, path);
  }

  private static JsonObject info(String version) {
    JsonObject licence = new JsonObject();
    licence.addProperty("name", "Apache-2.0");
    licence.addProperty("identifier", "Apache-2.0");
    JsonObject info = new JsonObject();
    info.addProperty("title", "Serenade");
    info.addProperty("summary", "Speech emotion recognition");
    info.addProperty("description", DESCRIPTION);
    info.addProperty("version", version);
    info.add("license", licence);
    return info;
  }

  private static JsonObject components(boolean keysAreNeeded) {
    JsonObject components = new JsonObject();
    components.add("schemas", Schemas.all());
    if (keysAreNeeded) {
      JsonObject bearer = new JsonObject();
      bearer.addProperty("type", "http");
      bearer.addProperty("scheme", "bearer");
      JsonObject schemes = new JsonObject();
      schemes.add("key", bearer);
      components.add("securitySchemes", schemes);
    }
    return components;
  }

  private static JsonArray security() {
    JsonObject key = new JsonObject();
    key.add("key", new JsonArray());
    JsonArray security = new JsonArray();
    security.add(key);
    return security;
  }
}
