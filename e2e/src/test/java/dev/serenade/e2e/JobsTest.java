package dev.serenade.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.serenade.server.ServerLimits;
import dev.serenade.server.ServerSettings;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Long recordings, which the server hears while the page looks on. */
class JobsTest extends PageTest {

  @Override
  ServerSettings settings() {
    return super.settings().withLimits(ServerLimits.DEFAULT.withRecordings(1 << 28, 7200, 10));
  }

  @Test
  void aLongRecordingIsFollowedToItsEnd() throws IOException {
    List<String> turns =
        Collections.nCopies(15, List.of(ANGRY, SAD)).stream().flatMap(List::stream).toList();
    try (Visit visit = visit(Look.DESK)) {
      visit.choose("meeting.wav", "audio/wav", Sounds.joined(turns, 20));
      assertThat(visit.at(".progress p")).hasText(Pattern.compile("\\d:\\d\\d of 10:00 heard"));
      assertThat(visit.at(".timeline .part").first()).isVisible();
      visit.picture("job");
      visit.button("Remove").click();
      assertThat(visit.at(".entry")).hasCount(0);
      visit.choose("talk.wav", "audio/wav", Sounds.joined(List.of(ANGRY, SAD), 20));
      visit.awaitHeard();
      assertThat(visit.button("Explain")).isDisabled();
      assertThat(visit.at(".explanation")).containsText("up to 30 seconds");
      visit.picture("long");
    }
  }
}
