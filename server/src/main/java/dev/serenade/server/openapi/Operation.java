package dev.serenade.server.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.router.EndpointMetadata;
import java.util.List;

/**
 * What a route does, for the description of the API. A route is registered together with it, so
 * that there is none without the other.
 */
public final class Operation implements EndpointMetadata {

  private static final String JSON = "application/json";

  private final JsonObject json = new JsonObject();
  private final JsonArray parameters = new JsonArray();
  private final JsonObject responses = new JsonObject();
  private boolean isOpen;

  private Operation(String id, String summary) {
    json.addProperty("operationId", id);
    json.addProperty("summary", summary);
  }

  /**
   * Begins a description.
   *
   * @param id a name for programs
   * @param summary a sentence for people
   */
  public static Operation of(String id, String summary) {
    return new Operation(id, summary);
  }

  /** Says more. */
  public Operation description(String text) {
    json.addProperty("description", text);
    return this;
  }

  /** Says that no key is needed. */
  public Operation open() {
    isOpen = true;
    return this;
  }

  /** Adds a part of the path. */
  public Operation path(String name, String description) {
    return parameter("path", name, Schema.text(), description, true);
  }

  /** Adds a parameter that is a word. */
  public Operation word(String name, String description, String... words) {
    return query(name, Schema.oneOf(words), description);
  }

  /** Adds a parameter that is text. */
  public Operation text(String name, String description) {
    return query(name, Schema.text(), description);
  }

  /** Adds a parameter that is true or false. */
  public Operation flag(String name, String description) {
    return query(name, Schema.flag(), description);
  }

  /** Adds a parameter that is a number. */
  public Operation number(String name, String description, double least, double most) {
    return query(name, Schema.number(least, most), description);
  }

  /** Adds a parameter that is a whole number. */
  public Operation whole(String name, String description, int least, int most) {
    return query(name, Schema.whole(least, most), description);
  }

  private Operation query(String name, JsonObject schema, String description) {
    return parameter("query", name, schema, description, false);
  }

  private Operation parameter(
      String place, String name, JsonObject schema, String description, boolean required) {
    JsonObject parameter = new JsonObject();
    parameter.addProperty("name", name);
    parameter.addProperty("in", place);
    parameter.addProperty("description", description);
    parameter.addProperty("required", required);
    parameter.add("schema", schema);
    parameters.add(parameter);
    return this;
  }

  /** Says that the body is a recording, raw or as part {@code file} of a form. */
  public Operation recording() {
    JsonObject form = new Schema.Members().always("file", binary()).schema();
    JsonObject content = new JsonObject();
    content.add("multipart/form-data", media(form));
    content.add("application/octet-stream", media(binary()));
    content.add("audio/*", media(binary()));
    return body(content);
  }

  private static JsonObject binary() {
    return Schema.text("binary");
  }

  /** Says that the body is JSON of a kind. */
  public Operation body(String component) {
    return body(content(JSON, Schema.ref(component)));
  }

  private Operation body(JsonObject content) {
    JsonObject body = new JsonObject();
    body.addProperty("required", true);
    body.add("content", content);
    json.add("requestBody", body);
    return this;
  }

  /** Adds an answer of JSON of a kind. */
  public Operation answer(int status, String description, String component) {
    return answer(status, description, content(JSON, Schema.ref(component)));
  }

  /** Adds an answer of JSON whose one member is a list of a kind. */
  public Operation answerOfList(int status, String description, String member, String component) {
    JsonObject list =
        new Schema.Members().always(member, Schema.listOf(Schema.ref(component))).schema();
    return answer(status, description, content(JSON, list));
  }

  /** Adds an answer of another kind. */
  public Operation answerOf(int status, String description, String mediaType) {
    return answer(status, description, content(mediaType, Schema.text()));
  }

  /** Adds an answer of server-sent events, whose data is JSON. */
  public Operation answerOfEvents(int status, String description) {
    JsonObject content = new JsonObject();
    content.add("text/event-stream", new JsonObject());
    return answer(status, description, content);
  }

  /** Adds an answer without a body. */
  public Operation answer(int status, String description) {
    return answer(status, description, new JsonObject());
  }

  private Operation answer(int status, String description, JsonObject content) {
    JsonObject response = new JsonObject();
    response.addProperty("description", description);
    if (!content.isEmpty()) {
      response.add("content", content);
    }
    responses.add(String.valueOf(status), response);
    return this;
  }

  /** Adds answers that say what went wrong. */
  public Operation problems(int... statuses) {
    for (int status : statuses) {
      answer(status, meaning(status), content("application/problem+json", Schema.ref("Problem")));
    }
    return this;
  }

  private static String meaning(int status) {
    return switch (status) {
      case 400 -> "The request makes no sense.";
      case 401 -> "A key is needed.";
      case 403 -> "Not from a page of another host.";
      case 404 -> "There is no such thing.";
      case 408 -> "The upload took too long.";
      case 413 -> "Too large, or too long.";
      case 415 -> "No audio, or of a kind that cannot be decoded here.";
      case 416 -> "The recording has no such part.";
      case 422 -> "Audio that is empty or damaged.";
      case 426 -> "A WebSocket is expected.";
      case 429 -> "No room for more work; Retry-After says when to try again.";
      case 500 -> "The server failed at this request.";
      case 503 -> "The server is shutting down, or its history cannot be reached.";
      case 504 -> "Not heard in time.";
      case 507 -> "The server has no room left to take the recording in.";
      default -> "Something went wrong.";
    };
  }

  private static JsonObject content(String mediaType, JsonObject schema) {
    JsonObject content = new JsonObject();
    content.add(mediaType, media(schema));
    return content;
  }

  private static JsonObject media(JsonObject schema) {
    JsonObject media = new JsonObject();
    media.add("schema", schema);
    return media;
  }

  /** Registers a route that does this. */
  public void at(RoutesConfig routes, HandlerType method, String path, Handler handler) {
    routes.addEndpoint(Endpoint.create(method, path).addMetadata(this).handler(handler));
  }

  JsonObject json() {
    JsonObject all = json.deepCopy();
    if (!parameters.isEmpty()) {
      all.add("parameters", parameters);
    }
    all.add("responses", responses);
    if (isOpen) {
      all.add("security", new JsonArray());
    }
    return all;
  }

  boolean needsKey() {
    return !isOpen;
  }

  /** The methods of HTTP that are described. */
  static final List<HandlerType> METHODS =
      List.of(HandlerType.GET, HandlerType.POST, HandlerType.PUT, HandlerType.DELETE);
}
