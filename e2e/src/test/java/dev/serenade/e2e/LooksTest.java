package dev.serenade.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page in both themes, both languages, and on a phone. */
class LooksTest extends PageTest {

  @Test
  void itIsDarkWhereTheSystemIs() throws IOException {
    see(Look.DESK.dark(), "dark", "angry");
  }

  @Test
  void itFitsAPhone() throws IOException {
    see(Look.PHONE, "phone", "angry");
    see(Look.PHONE.dark(), "phone-dark", "angry");
  }

  @Test
  void itSpeaksPersianFromRightToLeft() throws IOException {
    see(Look.DESK.persian(), "persian", "خشم");
    see(Look.PHONE.persian().dark(), "persian-phone-dark", "خشم");
  }

  private void see(Look look, String name, String emotion) throws IOException {
    try (Visit visit = visit(look)) {
      visit.waitFor(visit.at(".add"));
      visit.picture(name + "-empty");
      visit.choose("talk.wav", "audio/wav", Sounds.joined(List.of(ANGRY, SAD), 5));
      visit.awaitHeard();
      assertThat(visit.at(".timeline .part .word").first()).hasText(emotion);
      visit.at(".explanation button").click();
      visit.waitFor(visit.at("canvas.overlay"));
      visit.at(".controls [aria-pressed]").click();
      visit.at(".parts summary").click();
      visit.at(".notice summary").click();
      visit.picture(name);
      visit.at(".top nav button").last().click();
      visit.waitFor(visit.at(".live"));
      visit.picture(name + "-live-off");
    }
  }

  @Test
  void soundRunsFromLeftToRightInPersianToo() {
    try (Visit visit = visit(Look.DESK.persian())) {
      visit.choose(Sounds.sample(ANGRY));
      visit.awaitHeard();
      assertThat(visit.at("html")).hasAttribute("dir", "rtl");
      assertThat(visit.at("html")).hasAttribute("lang", "fa");
      assertThat(visit.at("[data-at]")).hasText("۰:۰۰٫۰ / ۰:۰۳٫۴");
      visit.at("[role=slider]").focus();
      visit.page().keyboard().press("ArrowRight");
      assertThat(visit.at("[data-at]")).hasAttribute("data-at", "0.50");
      double left = visit.at(".axis span").first().boundingBox().x;
      assertThat(left).isLessThan(visit.at(".axis span").last().boundingBox().x);
    }
  }

  @Test
  void languageAndThemeAreChosenAndRemembered() {
    try (Visit visit = visit(Look.DESK)) {
      visit.at(".choices select").first().selectOption("fa");
      assertThat(visit.at("html")).hasAttribute("dir", "rtl");
      visit.at(".choices select").last().selectOption(new SelectOption().setValue("dark"));
      String dark = ground(visit);
      visit.page().reload();
      assertThat(visit.at("html")).hasAttribute("lang", "fa");
      assertThat(ground(visit)).isEqualTo(dark);
      visit.at(".choices select").last().selectOption("light");
      assertThat(ground(visit)).isNotEqualTo(dark);
      visit.at(".choices select").last().selectOption("system");
      visit.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      assertThat(ground(visit)).isEqualTo(dark);
    }
  }

  private static String ground(Visit visit) {
    return (String) visit.at("body").evaluate("it => getComputedStyle(it).backgroundColor");
  }

  @Test
  void allOfItIsReachedByTheKeyboard() {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(Sounds.sample(ANGRY));
      visit.awaitHeard();
      visit.page().keyboard().press("Tab");
      assertThat(visit.at(":focus")).hasText("Skip to the content");
      visit.page().keyboard().press("Enter");
      StringBuilder reached = new StringBuilder();
      for (int i = 0; i < 14; i++) {
        visit.page().keyboard().press("Tab");
        reached
            .append(visit.at(":focus").evaluate("it => it.ariaLabel ?? it.textContent"))
            .append('\n');
        assertThat(visit.at(":focus").evaluate("it => getComputedStyle(it).outlineStyle"))
            .isEqualTo("solid");
      }
      assertThat(reached.toString())
          .contains("Choose files", "Record", ANGRY, "Remove", "Position in the recording")
          .contains("Play", "Spectrogram", "Timeline as a table", "Explain", "JSON", "WebVTT");
    }
  }
}
