package dev.serenade.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.http.ApiKeys;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The microphone, heard while somebody speaks. */
class LiveTest extends PageTest {

  @Test
  void scoresFollowTheVoice() {
    try (Visit visit = visit(Look.DESK)) {
      listen(visit);
      visit.picture("live");
      visit.button("Stop").click();
      assertThat(visit.button("Start listening")).isVisible();
      assertThat(visit.at(".problem")).hasCount(0);
      visit.button("Start listening").click();
      assertThat(visit.button("Stop")).isVisible();
    }
  }

  @Test
  void liveFitsAPhoneInTheDarkInPersian() {
    try (Visit visit = visit(Look.PHONE.persian().dark())) {
      listen(visit);
      visit.picture("persian-phone-dark-live");
    }
  }

  @Test
  void aKeyOpensTheStreamToo() throws IOException {
    String key = ApiKeys.generate();
    ServerSettings locked =
        settings().withAccess(ApiKeys.ofHashes(List.of(ApiKeys.hash(key))), List.of());
    try (Server server = Server.start(recognizer(), locked);
        Visit visit = visit(Look.DESK, server)) {
      visit.at("#key").fill(key);
      visit.button("Enter").click();
      visit.at(".top nav button").last().click();
      visit.button("Start listening").click();
      assertThat(visit.at(".live .score")).hasCount(4);
    }
  }

  @Test
  void aServerThatEndsSaysSo() throws IOException {
    Server server = Server.start(recognizer(), settings());
    try (Visit visit = visit(Look.DESK, server)) {
      visit.at(".top nav button").last().click();
      visit.button("Start listening").click();
      assertThat(visit.button("Stop")).isVisible();
      server.close();
      assertThat(visit.at(".problem .what")).containsText("being shut down");
      assertThat(visit.button("Start listening")).isVisible();
      visit.picture("live-ended");
    }
  }

  private static void listen(Visit visit) {
    visit.at(".top nav button").last().click();
    visit.at(".live .first").click();
    // Ten scores, so that there is a line to be seen.
    assertThat(visit.at(".chart canvas")).hasAttribute("data-scored", Pattern.compile("\\d{2,}"));
    assertThat(visit.at(".live .score")).hasCount(4);
  }
}
