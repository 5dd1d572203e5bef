package dev.serenade.server.http;

import com.google.gson.JsonObject;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;

/** What all routes need to read a request and to answer it. */
public final class Answers {

  private static final int LONGEST_SHOWN = 64;

  private Answers() {}

  /** Answers with JSON. */
  public static void json(Context context, JsonObject json) {
    json(context, "application/json", json);
  }

  /** Answers with JSON of another media type. */
  static void json(Context context, String mediaType, JsonObject json) {
    // As bytes: text would be sent in Latin 1 where the media type does not name a character set.
    context.contentType(mediaType).result(json.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Returns text of a client as it may stand in a message. */
  public static String shown(String text) {
    String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() > LONGEST_SHOWN
        ? printable.substring(0, LONGEST_SHOWN) + "..."
        : printable;
  }

  /**
   * Reads a whole number from the address.
   *
   * @throws ProblemException if it is none, or out of its range
   */
  public static int wholeNumber(Context context, String name, int usual, int least, int most) {
    String value = context.queryParam(name);
    if (value == null) {
      return usual;
    }
    int number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      throw ProblemException.badRequest(
          "%s: expected a whole number from %d to %d, found %s"
              .formatted(name, least, most, shown(value)));
    }
    return number;
  }
}
