package dev.serenade.server.history;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a listing: after the analysis of this time and name. It stays where it is when
 * analyses come and go.
 *
 * @param createdMicros microseconds since 1970
 */
public record Cursor(long createdMicros, String id) {

  /** Before the newest. */
  public static final Cursor START = new Cursor(Long.MAX_VALUE, "");

  private static final Pattern FORM = Pattern.compile("(-?\\d{1,19}):([A-Za-z0-9_-]{0,64})");

  /**
   * Reads the text of a cursor.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Cursor parse(String text) {
    // What is not base64 is refused by the decoder, what is not a number by the parser.
    Matcher parts =
        FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
    if (!parts.matches()) {
      throw new IllegalArgumentException("expected a cursor, found " + text);
    }
    return new Cursor(Long.parseLong(parts.group(1)), parts.group(2));
  }

  /** Returns it as clients see it: not for them to understand. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((createdMicros + ":" + id).getBytes(StandardCharsets.US_ASCII));
  }
}
