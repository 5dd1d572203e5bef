package dev.serenade.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.serenade.server.Server;
import dev.serenade.server.ServerLimits;
import dev.serenade.server.ServerSettings;
import dev.serenade.server.http.ApiKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page says when something goes wrong. */
class ErrorsTest extends PageTest {

  @Override
  ServerSettings settings() {
    return super.settings().withLimits(ServerLimits.DEFAULT.withRecordings(1 << 20, 20, 10));
  }

  @Test
  void aFileThatIsNoRecordingIsRefused() {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose(
          "letter.txt",
          "text/plain",
          "Dear Sir or Madam".repeat(40).getBytes(StandardCharsets.UTF_8));
      assertThat(visit.at(".problem .what")).containsText("is not a recording");
      assertThat(visit.at(".entry .status")).hasText("Failed");
      visit.picture("not-audio");
    }
  }

  @Test
  void whatIsWrongIsSaidInPersian() {
    try (Visit visit = visit(Look.PHONE.persian())) {
      visit.choose("nothing.wav", "audio/wav", new byte[0]);
      assertThat(visit.at(".problem .what")).containsText("این فایل خالی است");
      visit.picture("persian-empty-file");
    }
  }

  @Test
  void aRecordingBeyondTheLimitsIsRefused() throws IOException {
    try (Visit visit = visit(Look.DESK)) {
      visit.choose("long.wav", "audio/wav", Sounds.wav(ANGRY, 25));
      assertThat(visit.at(".problem .what")).containsText("longer than the server takes");
      visit.choose("large.wav", "audio/wav", Sounds.wav(ANGRY, 40));
      assertThat(visit.at(".problem .what")).containsText("larger than the server takes");
      visit.picture("too-large");
    }
  }

  @Test
  void aServerThatIsBusyMayBeAskedAgain() throws IOException {
    ServerSettings oneAtATime = super.settings().withLimits(ServerLimits.DEFAULT.withRoom(1, 1));
    try (Server server = Server.start(recognizer(), oneAtATime);
        Visit visit = visit(Look.DESK, server)) {
      visit.waitFor(visit.at(".add"));
      try (Socket other = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        OutputStream out = other.getOutputStream();
        out.write(
            "POST /v1/analyses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nnot yet"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        visit.choose(Sounds.sample(ANGRY));
        assertThat(visit.at(".problem .what")).containsText("busy");
        assertThat(visit.at(".problem")).containsText("It may work again in");
        visit.picture("busy");
      }
      // The server finds out that the other has gone; until then it is busy.
      visit.page().waitForTimeout(1000);
      visit.button("Try again").click();
      visit.awaitHeard();
      assertThat(visit.verdict()).hasText("angry");
    }
  }

  @Test
  void aServerThatHasGoneIsSaidToBe() throws IOException {
    Server server = Server.start(recognizer(), super.settings());
    try (Visit visit = visit(Look.DESK, server)) {
      visit.waitFor(visit.at(".add"));
      server.close();
      visit.choose(Sounds.sample(ANGRY));
      assertThat(visit.at(".problem .what")).containsText("cannot be reached");
      visit.picture("unreachable");
    }
  }

  @Test
  void aKeyIsAskedForWhereOneIsNeeded() throws IOException {
    String key = ApiKeys.generate();
    ServerSettings locked =
        super.settings().withAccess(ApiKeys.ofHashes(List.of(ApiKeys.hash(key))), List.of());
    try (Server server = Server.start(recognizer(), locked);
        Visit visit = visit(Look.DESK, server)) {
      assertThat(visit.at(".key h2")).hasText("This server wants a key");
      visit.picture("key");
      visit.at("#key").fill("guessed");
      visit.button("Enter").click();
      assertThat(visit.at(".key .refused")).containsText("does not know this key");
      visit.picture("key-refused");
      visit.at("#key").fill(key);
      visit.button("Enter").click();
      visit.waitFor(visit.at(".add"));
      visit.choose(Sounds.sample(ANGRY));
      visit.awaitHeard();
      visit.page().reload();
      visit.waitFor(visit.at(".add"));
    }
  }
}
