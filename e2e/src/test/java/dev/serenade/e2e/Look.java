package dev.serenade.e2e;

import com.microsoft.playwright.options.ColorScheme;

/**
 * How somebody looks at the page.
 *
 * @param language the browser's, as {@code en-GB}
 * @param scheme the system's theme
 */
record Look(int width, int height, String language, ColorScheme scheme) {

  static final Look DESK = new Look(1280, 900, "en-GB", ColorScheme.LIGHT);

  /** The narrowest that is common. */
  static final Look PHONE = new Look(360, 740, "en-GB", ColorScheme.LIGHT);

  Look dark() {
    return new Look(width, height, language, ColorScheme.DARK);
  }

  Look persian() {
    return new Look(width, height, "fa-IR", scheme);
  }
}
