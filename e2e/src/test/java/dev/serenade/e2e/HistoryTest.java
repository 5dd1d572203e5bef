package dev.serenade.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serenade.server.Server;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.history.HistorySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** What a server keeps, as the page shows it, and labels that people correct. */
class HistoryTest extends PageTest {

  @Override
  ServerSettings settings() {
    return super.settings().withHistory(HistorySettings.in(folder.resolve("history")));
  }

  @Test
  void aLabelIsCorrectedAndTheCorrectionUndone() throws Exception {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(Sounds.sample(HAPPY));
      visit.awaitHeard();
      assertThat(visit.verdict()).hasText("angry");
      visit.at(".correction summary").click();
      visit.at(".correction select").selectOption("happy");
      visit.at(".correction input").fill("speaker 09");
      visit.picture("correcting");
      visit.button("Save correction").click();
      assertThat(visit.verdict()).hasText("happy");
      assertThat(visit.at(".verdict .sure")).containsText("The model said angry");
      assertThat(visit.at(".entry[aria-current] .said")).containsText("happy, corrected");
      assertThat(corrections()).contains("\"count\":1").contains("\"happy\":1");
      visit.picture("corrected");

      visit.page().reload();
      visit.at(".entry", HAPPY).first().click();
      assertThat(visit.verdict()).hasText("happy");
      assertThat(visit.at(".correction input")).hasValue("speaker 09");
      visit.button("Undo correction").click();
      assertThat(visit.verdict()).hasText("angry");
      assertThat(corrections()).contains("\"count\":0");
    }
  }

  private String corrections() throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:%d/v1/corrections".formatted(port()));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void whatIsKeptIsPlayedAndExplainedInALaterVisit() {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(Sounds.sample(SAD));
      visit.awaitHeard();
    }
    try (Visit later = visit(Look.DESK)) {
      later.at(".entry", SAD).first().click();
      later.awaitHeard();
      assertThat(later.at(".timeline .part").first()).isVisible();
      assertThat(later.button("Play")).isEnabled();
      int before = later.at(".entry").count();
      later.button("Explain").click();
      later.waitFor(later.at("canvas.overlay"));
      later.picture("kept");
      later.page().reload();
      assertThat(later.at(".entry")).hasCount(before);
    }
  }

  @Test
  void aLongHistoryIsShownPageByPage() throws Exception {
    ServerSettings settings =
        super.settings().withHistory(HistorySettings.in(folder.resolve("long-history")));
    try (Server server = Server.start(recognizer(), settings)) {
      HttpClient client = HttpClient.newHttpClient();
      for (int i = 0; i < 23; i++) {
        URI address =
            URI.create(
                "http://127.0.0.1:%d/v1/analyses?name=call-%d.flac".formatted(server.port(), i));
        HttpRequest request =
            HttpRequest.newBuilder(address)
                .POST(BodyPublishers.ofFile(Sounds.sample(HAPPY)))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      }
      try (Visit visit = visit(Look.DESK, server)) {
        assertThat(visit.at(".entry")).hasCount(20);
        visit.picture("history");
        visit.button("Show more").click();
        assertThat(visit.at(".entry")).hasCount(23);
        assertThat(visit.button("Show more")).hasCount(0);
        visit.at(".entry", "call-0.flac").click();
        visit.awaitHeard();
        visit.button("Remove").click();
        assertThat(visit.at(".entry")).hasCount(22);
        visit.page().reload();
        visit.button("Show more").click();
        assertThat(visit.at(".entry")).hasCount(22);
      }
    }
  }
}
