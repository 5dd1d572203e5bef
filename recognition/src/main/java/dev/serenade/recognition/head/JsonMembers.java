package dev.serenade.recognition.head;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Reads members of a JSON object, with messages that say what was expected and where.
 *
 * <p>Constants of enums are written in lower case with hyphens, such as {@code add-and-norm}.
 */
final class JsonMembers {

  private final String where;
  private final JsonObject json;

  /**
   * Reads from this object.
   *
   * @param where what to call the object in messages
   */
  JsonMembers(String where, JsonObject json) {
    this.where = where;
    this.json = json;
  }

  static JsonObject object(String kind) {
    JsonObject json = new JsonObject();
    json.addProperty("kind", kind);
    return json;
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int integer(String member) {
    return read(member, "a whole number", value -> value.getAsBigDecimal().intValueExact());
  }

  double number(String member) {
    return read(member, "a number", JsonElement::getAsDouble);
  }

  boolean flag(String member) {
    return switch (text(member)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "%s: member %s: expected true or false, found %s"
                  .formatted(where, member, json.get(member)));
    };
  }

  /** Returns a flag that stands there only if it is another than the usual one. */
  boolean flag(String member, boolean usual) {
    return json.has(member) ? flag(member) : usual;
  }

  String text(String member) {
    return read(member, "text", JsonElement::getAsString);
  }

  JsonObject child(String member) {
    return read(member, "an object", JsonElement::getAsJsonObject);
  }

  <E extends Enum<E>> E constant(String member, Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    return read(
        member,
        "one of " + constants.stream().map(JsonMembers::name).toList(),
        value ->
            constants.stream()
                .filter(constant -> name(constant).equals(value.getAsString()))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  /** Returns a constant that stands there only if it is another than the usual one. */
  <E extends Enum<E>> E constant(String member, E usual) {
    return json.has(member) ? constant(member, usual.getDeclaringClass()) : usual;
  }

  private <R> R read(String member, String expected, Function<JsonElement, R> conversion) {
    if (!json.has(member)) {
      throw new IllegalArgumentException(
          "%s: expected a member %s, found only %s".formatted(where, member, json.keySet()));
    }
    JsonElement value = json.get(member);
    try {
      return conversion.apply(value);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s: member %s: expected %s, found %s".formatted(where, member, expected, value), e);
    }
  }
}
