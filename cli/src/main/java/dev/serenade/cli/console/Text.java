package dev.serenade.cli.console;

/** The width of text in a terminal, and text of a given width. */
public final class Text {

  private Text() {}

  /**
   * Returns text that does nothing to a terminal but appear: control characters, which a file name
   * may hold, become question marks.
   */
  public static String printable(String text) {
    return text.codePoints().anyMatch(Character::isISOControl)
        ? text.replaceAll("[\\p{Cc}&&[^\\n]]", "?")
        : text;
  }

  /** Returns how many columns text takes. */
  public static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  /** Returns text with spaces after it up to a width. */
  public static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** Returns text with spaces before it up to a width. */
  public static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - width(text))) + text;
  }

  /** Returns text that fits a width: its start, with a mark where it was cut. */
  public static String cutEnd(String text, int width, String mark) {
    if (width(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && width(text.substring(0, end)) + width(mark) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + mark;
  }

  /** Returns text that fits a width: its end, with a mark where it was cut. */
  public static String cutStart(String text, int width, String mark) {
    if (width(text) <= width) {
      return text;
    }
    int start = 0;
    while (start < text.length() && width(mark) + width(text.substring(start)) > width) {
      start = text.offsetByCodePoints(start, 1);
    }
    return mark + text.substring(start);
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    return Character.isIdeographic(codePoint) || isWideLetter(codePoint) || codePoint >= 0x1F300
        ? 2
        : 1;
  }

  /** Kana, Hangul, and full-width forms; the rest of what Unicode calls wide is rare. */
  private static boolean isWideLetter(int codePoint) {
    return (codePoint >= 0x1100 && codePoint <= 0x115F)
        || (codePoint >= 0x3000 && codePoint <= 0x30FF)
        || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
        || (codePoint >= 0xFF01 && codePoint <= 0xFF60);
  }
}
