package dev.serenade.server.openapi;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** A few kinds of JSON Schema (2020-12), as JSON. */
final class Schema {

  private Schema() {}

  static JsonObject of(String type) {
    JsonObject schema = new JsonObject();
    schema.addProperty("type", type);
    return schema;
  }

  static JsonObject text() {
    return of("string");
  }

  static JsonObject text(String format) {
    JsonObject schema = text();
    schema.addProperty("format", format);
    return schema;
  }

  static JsonObject oneOf(String... words) {
    JsonObject schema = text();
    JsonArray all = new JsonArray();
    for (String word : words) {
      all.add(word);
    }
    schema.add("enum", all);
    return schema;
  }

  static JsonObject flag() {
    return of("boolean");
  }

  static JsonObject whole(int least, int most) {
    JsonObject schema = of("integer");
    schema.addProperty("minimum", least);
    schema.addProperty("maximum", most);
    return schema;
  }

  static JsonObject count() {
    JsonObject schema = of("integer");
    schema.addProperty("minimum", 0);
    return schema;
  }

  static JsonObject number() {
    return of("number");
  }

  static JsonObject number(double least, double most) {
    JsonObject schema = number();
    schema.addProperty("minimum", least);
    schema.addProperty("maximum", most);
    return schema;
  }

  static JsonObject listOf(JsonObject items) {
    JsonObject schema = of("array");
    schema.add("items", items);
    return schema;
  }

  /** An object of which any member has values of a kind. */
  static JsonObject mapOf(JsonObject values) {
    JsonObject schema = of("object");
    schema.add("additionalProperties", values);
    return schema;
  }

  static JsonObject ref(String component) {
    JsonObject schema = new JsonObject();
    schema.addProperty("$ref", "#/components/schemas/" + component);
    return schema;
  }

  static JsonObject described(JsonObject schema, String description) {
    schema.addProperty("description", description);
    return schema;
  }

  /** An object with members that are always there, and others. */
  static final class Members {

    private final JsonObject properties = new JsonObject();
    private final JsonArray required = new JsonArray();

    Members always(String name, JsonObject schema) {
      properties.add(name, schema);
      required.add(name);
      return this;
    }

    Members sometimes(String name, JsonObject schema) {
      properties.add(name, schema);
      return this;
    }

    JsonObject schema() {
      JsonObject schema = of("object");
      schema.add("properties", properties);
      if (!required.isEmpty()) {
        schema.add("required", required);
      }
      return schema;
    }
  }
}
