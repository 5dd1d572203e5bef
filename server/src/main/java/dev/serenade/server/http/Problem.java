package dev.serenade.server.http;

import com.google.gson.JsonObject;
import dev.serenade.audio.AudioFormatException;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * What went wrong with a request (RFC 9457).
 *
 * @param status of HTTP
 * @param code its name, which never changes: those of the command line for recordings
 * @param detail one line for users
 * @param retryAfterSeconds when to try again, if that may help
 */
public record Problem(int status, String code, String detail, OptionalInt retryAfterSeconds) {

  /** The media type of problems. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Returns what a handler threw, as a problem. */
  public static Problem of(ProblemException e) {
    return new Problem(e.status(), e.code(), e.detail(), e.retryAfterSeconds());
  }

  /**
   * Returns why a recording cannot be heard.
   *
   * @param name of the recording, as the client gave it
   */
  public static Problem of(IOException e, String name) {
    if (e instanceof AudioFormatException audio) {
      String detail =
          String.valueOf(audio.getMessage()).replaceFirst(quoted(audio.recording()) + ": ", "");
      return new Problem(
          status(audio.reason()),
          audio.reason().code(),
          "%s: %s".formatted(name, detail),
          OptionalInt.empty());
    }
    return new Problem(500, "unreadable", name + ": could not be read back", OptionalInt.empty());
  }

  private static String quoted(String text) {
    return "^" + java.util.regex.Pattern.quote(text);
  }

  private static int status(AudioFormatException.Reason reason) {
    return switch (reason) {
      case NOT_AUDIO, UNSUPPORTED -> 415;
      case TOO_LONG, TOO_LARGE -> 413;
      case NO_SUCH_CHANNEL, OUT_OF_RANGE -> 400;
      case EMPTY, NO_AUDIO_STREAM, TRUNCATED, CORRUPT, NON_FINITE -> 422;
      case NOT_FOUND, UNREADABLE -> 500;
    };
  }

  /** Returns the problem that is told where something failed that should not. */
  public static Problem internal() {
    return new Problem(500, "internal", "the server failed at this request", OptionalInt.empty());
  }

  /** Returns the problem as JSON. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    json.addProperty("type", "urn:serenade:problem:" + code);
    json.addProperty("title", title());
    json.addProperty("status", status);
    json.addProperty("detail", detail);
    json.addProperty("code", code);
    return json;
  }

  private String title() {
    return Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('-', ' ');
  }
}
