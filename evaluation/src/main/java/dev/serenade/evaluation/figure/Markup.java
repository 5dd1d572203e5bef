package dev.serenade.evaluation.figure;

/** Text in XML and HTML. */
public final class Markup {

  private Markup() {}

  /** Returns the text with the characters replaced that mean something in XML and HTML. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
