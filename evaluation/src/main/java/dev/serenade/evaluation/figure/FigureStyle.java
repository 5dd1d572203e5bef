package dev.serenade.evaluation.figure;

import java.util.List;

/**
 * The colours and fonts of all figures, as CSS.
 *
 * <p>Series colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with
 * any common colour blindness can tell apart, darkened or lightened where the page needs it.
 * Elements carry classes only: {@code s0} to {@code s7} for series, {@code ink} and {@code soft}
 * for text.
 */
public final class FigureStyle {

  /** How many colours there are; later series begin again, with dashes. */
  static final int COLOURS = 8;

  private static final List<String> LIGHT =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#b65f92", "#c98a00", "#3b9bd4", "#5f6670", "#8c7f00");
  private static final List<String> DARK =
      List.of(
          "#56b4e9", "#ff8b45", "#2fc79a", "#e79ac4", "#f0b93a", "#a6dcff", "#b4bac2", "#f0e442");

  private static final String SHAPES =
      """
      .fig { font-family: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif; }
      .fig text { font-size: 12px; }
      .fig .small { font-size: 10.5px; }
      .fig .strong { font-weight: 600; }
      .fig .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
      .fig .faint { stroke-width: 1; stroke-opacity: .28; }
      .fig .dash { stroke-dasharray: 5 4; }
      .fig .area { fill-opacity: .18; }
      .fig .band { fill-opacity: .7; }
      .fig .on-warm { fill: #0c0f13; }
      .fig .grid, .fig .axis, .fig .whisker { fill: none; stroke-width: 1; }
      """;

  private static final String LIGHT_INK = "#1d232b";
  private static final String LIGHT_SOFT = "#5b6572";
  private static final String LIGHT_GRID = "#dfe3e8";
  private static final String LIGHT_ON_HEAT = "#ffffff";
  private static final String LIGHT_PAGE = "#ffffff";

  private static final double BAND_OPACITY = 0.7;

  private FigureStyle() {}

  /** Returns the style sheet: light, and dark where the reader's system asks for it. */
  public static String css() {
    return SHAPES
        + colours(LIGHT, LIGHT_INK, LIGHT_SOFT, LIGHT_GRID, LIGHT_ON_HEAT, LIGHT_PAGE)
        + "@media (prefers-color-scheme: dark) {\n"
        + colours(DARK, "#e8ecf1", "#a3adb9", "#333b46", "#0c0f13", "#171b21")
        + "}\n";
  }

  private static String colours(
      List<String> series, String ink, String soft, String grid, String onHeat, String page) {
    StringBuilder css = new StringBuilder();
    for (int i = 0; i < COLOURS; i++) {
      String name = ".fig .s" + i;
      css.append("%s { stroke: %s; }\n".formatted(name, series.get(i)))
          .append("%1$s.bar, %1$s.band, %1$s.area, %1$s.dot ".formatted(name))
          .append("{ fill: %s; stroke: none; }\n".formatted(series.get(i)));
    }
    return css.append(".fig .heat { fill: %s; stroke: none; }\n".formatted(series.get(0)))
        .append(".fig .ink { fill: %s; } .fig .soft { fill: %s; }\n".formatted(ink, soft))
        .append(".fig .on-heat { fill: %s; }\n".formatted(onHeat))
        .append(".fig .grid { stroke: %s; } .fig .axis { stroke: %s; }\n".formatted(grid, soft))
        .append(".fig .whisker { stroke: %s; }\n".formatted(ink))
        .append(".fig .shadow { fill: %s; stroke: none; }\n".formatted(grid))
        .append(".fig .unsure { fill: %s; fill-opacity: .5; stroke: none; }\n".formatted(soft))
        .append(".fig .page { fill: %s; }\n".formatted(page))
        .toString();
  }

  /** Returns the colour that these classes have on a light page, such as {@code #0072b2}. */
  static String lightColour(String classes) {
    for (String name : classes.split(" ", -1)) {
      if (name.matches("s\\d")) {
        return LIGHT.get(Integer.parseInt(name.substring(1)));
      }
      String colour =
          switch (name) {
            case "ink" -> LIGHT_INK;
            case "soft", "axis", "unsure" -> LIGHT_SOFT;
            case "grid", "shadow" -> LIGHT_GRID;
            case "on-heat" -> LIGHT_ON_HEAT;
            case "page" -> LIGHT_PAGE;
            default -> "";
          };
      if (!colour.isEmpty()) {
        return colour;
      }
    }
    throw new IllegalArgumentException("expected classes with a colour, found " + classes);
  }

  /** Returns how opaque these classes are, from 0 to 1. */
  static double opacity(String classes) {
    List<String> names = List.of(classes.split(" ", -1));
    return names.contains("band") ? BAND_OPACITY : names.contains("unsure") ? 0.5 : 1;
  }
}
