package dev.serenade.cli.console;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Properties;

/**
 * What the output streams can show.
 *
 * <p>Java cannot ask this of the system, so the launcher does and passes it on in properties:
 * {@code serenade.stdout.terminal} and {@code serenade.stderr.terminal} ({@code true} or {@code
 * false}), {@code serenade.columns}, and {@code serenade.ascii}.
 *
 * @param outIsTerminal whether a person looks at stdout
 * @param errIsTerminal whether a person looks at stderr
 * @param columns how many characters fit a line
 * @param charset of both streams
 * @param blocks whether the charset, and the font behind it, has block elements
 * @param colours whether stdout may be coloured
 */
public record Display(
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns,
    Charset charset,
    boolean blocks,
    boolean colours) {

  private static final int DEFAULT_COLUMNS = 80;

  /** Returns what the launcher found out. */
  public static Display of(Properties properties, Map<String, String> environment) {
    boolean outIsTerminal = isTrue(properties, "serenade.stdout.terminal");
    Charset charset =
        Charset.forName(
            properties.getProperty(
                "stdout.encoding", properties.getProperty("native.encoding", "UTF-8")));
    // https://no-color.org
    boolean colours =
        outIsTerminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Display(
        outIsTerminal,
        isTrue(properties, "serenade.stderr.terminal"),
        columns(properties.getProperty("serenade.columns", "")),
        charset,
        !isTrue(properties, "serenade.ascii") && charset.newEncoder().canEncode('\u258f'),
        colours);
  }

  private static boolean isTrue(Properties properties, String name) {
    return Boolean.parseBoolean(properties.getProperty(name));
  }

  private static int columns(String text) {
    return text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : DEFAULT_COLUMNS;
  }
}
